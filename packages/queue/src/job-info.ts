/** One attempt of a job, for the method that does it. */
export interface JobInfo {
  readonly id: string;
  /** The name of the job: `reports`. */
  readonly name: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The most attempts. */
  readonly attempts: number;
  readonly addedAt: Date;
  /**
   * Aborts before the deadline of a closing application, and when another worker may have taken the job. If the method
   * throws then, the job waits again, and the attempt does not count.
   */
  readonly signal: AbortSignal;
  /** Stores a value that `jobs.find` returns. */
  setProgress(progress: number | string | boolean | object): Promise<void>;
}
