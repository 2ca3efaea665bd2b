import { isJobId } from './job-id';
import type { AddOptions } from './jobs';

const LEAST_URGENT = 2_097_151;
const MOST_DELAY_MS = 10 * 365 * 86_400_000;

/** The same options as BullMQ has them. Throws RangeError for an invalid one. */
export function readAddOptions({ delayMs, at, priority, id }: AddOptions): {
  readonly delay?: number;
  readonly priority?: number;
  readonly jobId?: string;
} {
  if (delayMs !== undefined && at !== undefined) throw new RangeError('Give delayMs or at, not both.');
  const delay = at === undefined ? delayMs : Math.max(0, at.getTime() - Date.now());
  if (delay !== undefined && !(delay >= 0 && delay <= MOST_DELAY_MS))
    throw new RangeError('delayMs and at must be a time of the next ten years.');
  const isUrgency = Number.isInteger(priority) && priority! >= 1 && priority! <= LEAST_URGENT;
  if (priority !== undefined && !isUrgency)
    throw new RangeError(`priority must be a whole number from 1 to ${LEAST_URGENT}.`);
  if (id !== undefined && !isJobId(id))
    throw new RangeError(
      'id must be a text of 1 to 200 characters without ":" that is neither a number nor a word of BullMQ, such as "wait".',
    );
  return {
    ...(delay !== undefined && { delay: Math.round(delay) }),
    ...(priority !== undefined && { priority }),
    ...(id !== undefined && { jobId: id }),
  };
}
