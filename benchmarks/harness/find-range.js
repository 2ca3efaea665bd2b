/** The share of cases in which the true median may lie outside of the range: that of the least and the most of five values. */
const OUTSIDE = 2 / 2 ** 5;

/**
 * The range in which the true median lies in at least 15 of 16 cases, whatever the distribution (the sign test). Of five
 * values it is from the least to the most; of fewer too, in fewer cases; of more it leaves out as many at both ends as it
 * may.
 */
export function findRange(values) {
  const sorted = [...values].sort((one, other) => one - other);
  let leftOut = 0;
  while (2 * findTail(sorted.length, leftOut + 1) <= OUTSIDE) leftOut += 1;
  return { least: sorted[leftOut], most: sorted.at(-1 - leftOut) };
}

/** The chance that at most `count` of all values are below the true median. */
function findTail(total, count) {
  let ways = 1;
  let sum = 1;
  for (let below = 1; below <= count; below += 1) {
    ways = (ways * (total - below + 1)) / below;
    sum += ways;
  }
  return sum / 2 ** total;
}
