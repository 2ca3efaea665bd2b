import { assert, constantFrom, integer, property } from 'fast-check';
import { findTimeZoneFault, readCronSchedule } from '../../src/calendar/cron-schedule';
import type { Schedule } from '../../src/calendar/schedule';

function read(pattern: string, timeZone = 'UTC'): Schedule {
  const schedule = readCronSchedule(pattern, timeZone);
  if ('fault' in schedule) throw new Error(schedule.fault);
  return schedule;
}

/** The first instants after a time. */
function list(pattern: string, timeZone: string, from: string, count: number): string[] {
  const schedule = read(pattern, timeZone);
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < count;) {
    at = schedule.after(at)!;
    found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

describe('a pattern with a fixed time', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
  ])('runs after the gap when the clocks go forward in %s', (zone, from, expected) => {
    expect(list('30 2 * * *', zone, from, 2)).toEqual(expected);
  });

  it.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    // Half an hour is repeated there.
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T12:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
  ])('%s runs once when the clocks go back in %s', (pattern, zone, from, expected) => {
    expect(list(pattern, zone, from, 2)).toEqual(expected);
  });

  it('may have several hours', () => {
    const expected = ['2026-10-25T00:30Z', '2026-10-25T13:30Z', '2026-10-26T01:30Z'];
    expect(list('30 2,14 * * *', 'Europe/Berlin', '2026-10-24T20:00Z', 3)).toEqual(expected);
  });
});

describe('a pattern with a rhythm', () => {
  it.each([
    ['Europe/Berlin', '2026-10-24T23:30Z', '2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T02:00Z'],
    ['America/New_York', '2026-11-01T04:30Z', '2026-11-01T05:00Z 2026-11-01T06:00Z 2026-11-01T07:00Z'],
    ['Europe/Berlin', '2026-03-29T00:30Z', '2026-03-29T01:00Z 2026-03-29T02:00Z'],
    ['America/New_York', '2026-03-08T06:30Z', '2026-03-08T07:00Z 2026-03-08T08:00Z'],
  ])('goes on through both changes of the clocks in %s from %s', (zone, from, expected) => {
    const times = expected.split(' ');
    expect(list('0 * * * *', zone, from, times.length)).toEqual(times);
  });
});

describe('the calendar', () => {
  it.each([
    ['0 0 29 2 *', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['0 0 31 * *', ['2026-01-31T00:00Z', '2026-03-31T00:00Z']],
    ['0 0 L * *', ['2026-01-31T00:00Z', '2026-02-28T00:00Z']],
    ['0 0 * * FRIL', ['2026-01-30T00:00Z', '2026-02-27T00:00Z']],
    ['0 9 * * MON#1', ['2026-01-05T09:00Z', '2026-02-02T09:00Z']],
    // As in every cron: with both, one of them is enough.
    ['0 0 13 * 5', ['2026-01-02T00:00Z', '2026-01-09T00:00Z', '2026-01-13T00:00Z']],
    ['0 0 * * 7', ['2026-01-04T00:00Z']],
    ['@daily', ['2026-01-02T00:00Z']],
    ['*/20 * * * * *', ['2026-01-01T00:00:20.000Z', '2026-01-01T00:00:40.000Z', '2026-01-01T00:01Z']],
  ])('has %s', (pattern, expected) => {
    expect(list(pattern, 'UTC', '2026-01-01T00:00Z', expected.length)).toEqual(expected);
  });

  it('finds the last instant that has come, and the moment itself counts', () => {
    const schedule = read('0 3 * * *');
    const three = Date.UTC(2026, 0, 2, 3);
    expect(schedule.latest(three)).toBe(three);
    expect(schedule.latest(three + 500)).toBe(three);
    expect(schedule.latest(three - 1)).toBe(three - 86_400_000);
    expect(schedule.after(three)).toBe(three + 86_400_000);
    expect(schedule.after(three - 1)).toBe(three);
  });

  it('finds the last instant on both passes of a repeated hour', () => {
    const schedule = read('30 2 * * *', 'Europe/Berlin');
    const first = Date.parse('2026-10-25T00:30Z');
    expect(schedule.latest(first + 3_600_000)).toBe(first);
  });

  it('finds the same instants forward and backward, at any time and in any zone', () => {
    const zones = constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    const patterns = constantFrom(
      '30 2 * * *',
      '*/7 * * * *',
      '0 1,2,3 * * *',
      '15 2 L * *',
      '59 59 23 * * 5',
    );
    const times = integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    assert(
      property(patterns, zones, times, (pattern, zone, time) => {
        const schedule = read(pattern, zone);
        const [last, next] = [schedule.latest(time)!, schedule.after(time)!];
        expect(last).toBeLessThanOrEqual(time);
        expect(next).toBeGreaterThan(time);
        expect(schedule.after(last)).toBe(next);
        expect(schedule.latest(next)).toBe(next);
        expect(schedule.latest(next - 1)).toBe(last);
      }),
    );
  });

  it('shows the pattern without superfluous spaces, and the zone', () => {
    expect(read('  0  3 * * * ', 'Europe/Berlin').text).toBe('0 3 * * * Europe/Berlin');
  });
});

describe('a pattern that cannot be read', () => {
  it.each([
    ['61 * * * *', /Invalid value for minute: 61/],
    ['0 24 * * *', /Invalid value for hour: 24/],
    ['0 0 32 * *', /cannot be read/],
    ['* * * *', /"\* \* \* \*" cannot be read: it has 4 fields\./],
    ['* * * * * * *', /it has 7 fields\./],
    ['@often', /it has 1 field\./],
    ['', /it is empty\./],
    [' ', /it is empty\./],
    ['0 3 * * MOO', /illegal characters/],
    ['*/0 * * * *', /stepping/],
    ['5/5 * * * *', /numeric prefix/],
    ['0 5-3 * * *', /larger/],
    ['@reboot', /not supported/],
    ['? * * * *', /`\?` is not supported/],
    ['2026-01-01T00:00:00', /it is a date/],
    ['0 0 30 2 *', /no day has this date/],
  ])('%j: says what is wrong, and what to write', (pattern, fault) => {
    const read = readCronSchedule(pattern, 'UTC');
    expect(read).toEqual({
      fault: expect.stringMatching(fault),
      cure: expect.stringMatching(/^Write .+\.$/),
    });
  });

  it.each(['Europe/Berln', '+02:00', '', 'Mars/Olympus'])('%j is not a time zone', (zone) => {
    expect(readCronSchedule('0 3 * * *', zone)).toEqual({
      fault: expect.stringContaining('is not a time zone'),
      cure: expect.stringContaining('Europe/Berlin'),
    });
    expect(findTimeZoneFault(zone)).toBeDefined();
  });

  it.each(['UTC', 'utc', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('%s is one', (zone) => {
    expect(findTimeZoneFault(zone)).toBeUndefined();
  });
});
