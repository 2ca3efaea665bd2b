import type { DefaultJobOptions, KeepJobs } from 'bullmq';
import type { Backoff, JobQueueOptions, KeptJobs } from './job-options';

const DAY_MS = 86_400_000;
const COUNT = 10_000;

/** Translates the settings of a job for BullMQ, which keeps them with every job. */
export function toBullOptions({
  attempts = 1,
  backoff = 0,
  keepCompleted = { ageMs: DAY_MS, count: COUNT },
  keepFailed = { ageMs: 7 * DAY_MS, count: COUNT },
}: JobQueueOptions): DefaultJobOptions {
  return {
    attempts,
    backoff: toBullBackoff(backoff),
    removeOnComplete: toBullKept(keepCompleted),
    removeOnFail: toBullKept(keepFailed),
  };
}

function toBullBackoff(backoff: Backoff) {
  if (typeof backoff === 'number') return { type: 'fixed', delay: backoff };
  const { type, delayMs, jitter = 0 } = backoff;
  return { type, delay: delayMs, jitter };
}

function toBullKept({ ageMs, count }: KeptJobs): KeepJobs {
  return { age: Math.ceil(ageMs / 1000), count };
}
