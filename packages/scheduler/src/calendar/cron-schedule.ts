import { formatThrown } from '@sluice/core/kit';
import { Cron } from 'croner';
import type { Schedule } from './schedule';

/**
 * Reads a pattern of five fields, or of six with the seconds first, in a time zone. The arithmetic is croner's. A
 * pattern with fixed hours, minutes and seconds runs once where the clocks go back, and after the gap where they go
 * forward; one with `*` or a step follows the clock on the wall.
 *
 * @returns the schedule, or what is wrong with the pattern or the zone
 */
export function readCronSchedule(pattern: string, timeZone: string): Schedule | CronFault {
  if (findTimeZoneFault(timeZone) !== undefined)
    return {
      fault: `${JSON.stringify(timeZone)} is not a time zone that this Node knows.`,
      cure: 'Write the name of a zone of IANA, such as Europe/Berlin, or UTC.',
    };
  // croner puts the time at which it reads the pattern in the place of `?`, which differs between processes.
  if (pattern.includes('?'))
    return describePattern(pattern, '`?` is not supported', 'Write `*` in place of `?`.');
  try {
    const cron = new Cron(pattern, {
      timezone: timeZone,
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
      paused: true,
    });
    if (cron.getPattern() === undefined)
      return describePattern(pattern, 'it is a date', 'Write a pattern, such as `0 3 * * *`.');
    const schedule = makeSchedule(cron, pattern, timeZone);
    if (schedule.after(Date.now()) === undefined)
      return describePattern(pattern, 'no day has this date', 'Write a date that exists.');
    return schedule;
  } catch (error) {
    const reason = formatThrown(error).replace(/^Cron\w*: /, '');
    return describePattern(
      pattern,
      // croner also speaks of a seventh field, the year, which is not read here.
      /\bparts\b/.test(reason) ? countFields(pattern) : reason.replace(/\.$/, ''),
      'Write minute, hour, day, month and day of the week, with the second before them if you need it: `0 3 * * *`.',
    );
  }
}

/** The two sentences of a problem. */
export interface CronFault {
  readonly fault: string;
  readonly cure: string;
}

function describePattern(pattern: string, reason: string, cure: string): CronFault {
  return { fault: `${JSON.stringify(pattern)} cannot be read: ${reason}.`, cure };
}

function countFields(pattern: string): string {
  const { length } = pattern.split(/\s+/).filter((field) => field !== '');
  return length === 0 ? 'it is empty' : `it has ${length} ${length === 1 ? 'field' : 'fields'}`;
}

function makeSchedule(cron: Cron, pattern: string, timeZone: string): Schedule {
  return {
    kind: 'CRON',
    text: `${pattern.trim().replace(/\s+/g, ' ')} ${timeZone}`,
    after: (time) => cron.nextRun(new Date(time))?.getTime(),
    // The one before the next millisecond may be this one.
    latest: (time) => cron.previousRuns(1, new Date(time + 1))[0]?.getTime(),
  };
}

/** The rule of a time zone. Offsets, such as +02:00, are zones for some versions of Node only. */
export function findTimeZoneFault(name: unknown): string | undefined {
  const fault = 'must be the name of a time zone of IANA, such as Europe/Berlin, or UTC';
  if (typeof name !== 'string' || !/^[a-z]/i.test(name)) return fault;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return undefined;
  } catch {
    return fault;
  }
}
