/** Numbers by the names of their series. Those of one series are added one by one, such as the counts of a histogram. */
export type Series = Readonly<Record<string, readonly number[]>>;

/** The numbers of one process. JSON carries them, so each is finite. */
export interface WorkerNumbers {
  /** They only grow, and remain in the sum when the process has ended. */
  readonly counters: Series;
  /** They are those of a process that lives. */
  readonly gauges: Series;
}

/** The numbers of a whole program. */
export interface SharedNumbers {
  /** The sums of all processes, also of those that have ended. No sum is below one of an earlier answer. */
  readonly counters: Series;
  /** Those of each process that lives. During a replacement two of them have the same `worker`. */
  readonly gauges: readonly { readonly worker: number; readonly values: Series }[];
}

/** Adds the numbers to the sums. */
export function addSeries(sums: Map<string, number[]>, series: Series): void {
  for (const [name, values] of Object.entries(series)) {
    const sum = sums.get(name);
    if (sum === undefined) sums.set(name, [...values]);
    else for (const [index, value] of values.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
}
