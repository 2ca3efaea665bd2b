/**
 * The names beside the jobs in the keys of a queue of BullMQ. A job with one of them as its id would take the place of a
 * list of the queue, and nothing could be added any more.
 */
const KEYS: ReadonlySet<string> = new Set([
  'active',
  'completed',
  'de',
  'delayed',
  'events',
  'failed',
  'id',
  'limiter',
  'marker',
  'meta',
  'paused',
  'pc',
  'prioritized',
  'repeat',
  'stalled',
  'stalled-check',
  'wait',
  'waiting-children',
]);

/** Whether a job can be added with the id. BullMQ separates with ":", and counts with numbers. */
export function isJobId(id: unknown): id is string {
  return isFindable(id) && id.length <= 200 && !id.includes(':') && !/^-?\d+$/.test(id);
}

/** Whether a job can have the id, also one that BullMQ has numbered, or repeats. */
export function isFindable(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && !KEYS.has(id) && /^(?:repeat:|[^:]*$)/.test(id);
}
