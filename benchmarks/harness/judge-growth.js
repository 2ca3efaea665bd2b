import { findMedian } from './find-median.js';

/**
 * MB by which the last quarter may lie above the quarter before. RSS moves in steps as large as V8's young generation,
 * whenever that is enlarged; over 10 million requests 16 MB are less than 7 bytes a request.
 */
export const TOLERANCE_MB = { heapMb: 1, rssMb: 16 };

/** By how many MB heap and RSS still grow in the second half of a run, and whether that is within the tolerance. */
export function judgeGrowth(samples) {
  const total = samples.at(-1).requests;
  const third = samples.filter(({ requests }) => requests > total / 2 && requests <= total * 0.75);
  const fourth = samples.filter(({ requests }) => requests > total * 0.75);
  const find = (name) => findMedianOf(fourth, name) - findMedianOf(third, name);
  const growth = { heapMb: find('heapMb'), rssMb: find('rssMb') };
  const isSteady = Object.entries(TOLERANCE_MB).every(([name, most]) => growth[name] <= most);
  return { ...growth, isSteady };
}

function findMedianOf(samples, name) {
  return findMedian(samples.map((sample) => sample[name]));
}
