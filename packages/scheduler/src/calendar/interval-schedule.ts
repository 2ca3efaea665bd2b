import { formatDuration } from './parse-duration';
import type { Schedule } from './schedule';

/**
 * The multiples of a duration since 1970, not since the start of the process: so processes agree, and a task that runs
 * once an hour runs although the process starts again every half hour.
 */
export function intervalSchedule(ms: number): Schedule {
  return {
    kind: 'EVERY',
    text: formatDuration(ms),
    after: (time) => (Math.floor(time / ms) + 1) * ms,
    latest: (time) => Math.floor(time / ms) * ms,
  };
}
