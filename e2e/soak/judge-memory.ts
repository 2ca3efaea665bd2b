/** The memory of a server after a collection, when it had answered so many requests. */
export interface MemorySample {
  readonly requests: number;
  readonly heapMb: number;
  /** Without V8's young generation: that has 1 to 32 MB, by the pace of the requests and not by their number. */
  readonly rssMb: number;
}

/** By how many MB memory grew from the third quarter of a run to the fourth: medians of each. */
export interface MemoryGrowth {
  readonly heapMb: number;
  readonly rssMb: number;
  readonly isFlat: boolean;
}

/** Over a million requests, 1 MB from quarter to quarter is 4 bytes a request. */
const TOLERANCE = { heapMb: 1, rssMb: 16 };

/** Judges whether memory is flat in the second half of a run. */
export function judgeMemory(samples: readonly MemorySample[], tolerance = TOLERANCE): MemoryGrowth {
  const total = samples.at(-1)?.requests ?? 0;
  const third = samples.filter(({ requests }) => requests > total / 2 && requests <= total * 0.75);
  const fourth = samples.filter(({ requests }) => requests > total * 0.75);
  const grow = (name: 'heapMb' | 'rssMb'): number =>
    findMedian(fourth.map((one) => one[name])) - findMedian(third.map((one) => one[name]));
  const [heapMb, rssMb] = [grow('heapMb'), grow('rssMb')];
  return { heapMb, rssMb, isFlat: heapMb <= tolerance.heapMb && rssMb <= tolerance.rssMb };
}

function findMedian(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
