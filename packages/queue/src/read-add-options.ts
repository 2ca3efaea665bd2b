import { isJobId } from './job-id';
import type { AddOptions } from './jobs';

const LEAST_URGENT = 2_097_151;
const MOST_DELAY_MS = 10 * 365 * 86_400_000;

const NAMES: readonly string[] = ['delayMs', 'at', 'priority', 'id'] satisfies readonly (keyof AddOptions)[];

/** The same options as BullMQ has them. Throws RangeError for an invalid or an unknown one. */
export function readAddOptions(options: AddOptions): {
  readonly delay?: number;
  readonly priority?: number;
  readonly jobId?: string;
} {
  if (typeof options !== 'object' || options === null)
    throw new RangeError('The options of add must be an object.');
  for (const name of Object.keys(options))
    if (!NAMES.includes(name))
      throw new RangeError(`There is no option ${JSON.stringify(name)}. Known options: ${NAMES.join(', ')}.`);
  const { delayMs, at, priority, id } = options;
  if (delayMs !== undefined && at !== undefined) throw new RangeError('Give delayMs or at, not both.');
  if (at !== undefined && !(at instanceof Date)) throw new RangeError('at must be a Date.');
  const delay = at === undefined ? delayMs : Math.max(0, at.getTime() - Date.now());
  if (delay !== undefined && !(typeof delay === 'number' && delay >= 0 && delay <= MOST_DELAY_MS))
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
