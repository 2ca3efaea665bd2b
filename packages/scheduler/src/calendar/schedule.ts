/** The instants of a task: whole milliseconds since 1970, the same in every process. */
export interface Schedule {
  readonly kind: 'CRON' | 'EVERY';
  /** In the plan: `0 3 * * * Europe/Berlin`, `10s`. */
  readonly text: string;
  /** The first instant after a time; undefined if there is none. */
  after(time: number): number | undefined;
  /** The last instant that is not after a time; undefined if there is none. */
  latest(time: number): number | undefined;
}
