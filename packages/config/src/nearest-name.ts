/** Finds the candidate that a misspelled name probably means; undefined if none is near. Case does not count. */
export function findNearestName(name: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = name.length < 8 ? 2 : 3;
  for (const candidate of candidates) {
    const distance = countEdits(name.toUpperCase(), candidate.toUpperCase(), least);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Counts the letters to add, remove, replace or swap with their neighbour; returns at most `most`. */
function countEdits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) >= most) return most;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          last[column]! + 1,
          current[column - 1]! + 1,
          last[column - 1]! + (isSame ? 0 : 1),
          isSwapped ? before[column - 2]! + 1 : most,
        ),
      );
    }
    [before, last] = [last, current];
  }
  return Math.min(last[other.length]!, most);
}
