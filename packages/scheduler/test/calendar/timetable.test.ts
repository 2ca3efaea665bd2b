import { assert, array, constantFrom, integer, property, tuple } from 'fast-check';
import { readCronSchedule } from '../../src/calendar/cron-schedule';
import { intervalSchedule } from '../../src/calendar/interval-schedule';
import type { Schedule } from '../../src/calendar/schedule';
import { Timetable } from '../../src/calendar/timetable';

const SECOND = 1000;
const HOUR = 3_600_000;
const NIGHT = Date.parse('2026-06-01T00:00:00Z');

class TestTime {
  private passed = 0;

  constructor(private time: number) {}

  readonly now = (): number => this.time;
  readonly elapsed = (): number => this.passed;

  pass(ms: number): void {
    this.time += ms;
    this.passed += ms;
  }

  /** Sets the time of day. */
  set(time: number): void {
    this.time = time;
  }

  wait(): () => void {
    return () => undefined;
  }
}

function cron(pattern: string): Schedule {
  return readCronSchedule(pattern, 'UTC') as Schedule;
}

/** The instants handed out while time passes in steps. */
function run(timetable: Timetable, time: TestTime, ms: number, step = SECOND): string[] {
  const found: string[] = [];
  for (let passed = 0; passed < ms; passed += step) {
    time.pass(step);
    const due = timetable.take();
    if (due !== undefined) found.push(new Date(due.instant).toISOString().slice(11, 19));
  }
  return found;
}

it('hands out each instant once', () => {
  const time = new TestTime(NIGHT);
  const timetable = new Timetable(intervalSchedule(10 * SECOND), time);
  expect(timetable.wait).toBe(10 * SECOND);
  expect(run(timetable, time, 30 * SECOND, 500)).toEqual(['00:00:10', '00:00:20', '00:00:30']);
});

it('makes one of the instants that passed unseen, and counts the others', () => {
  const time = new TestTime(NIGHT);
  const timetable = new Timetable(intervalSchedule(10 * SECOND), time);
  time.pass(45 * SECOND);
  expect(timetable.take()).toEqual({ instant: NIGHT + 40 * SECOND, lateMs: 5 * SECOND, missed: 3 });
  expect(timetable.take()).toBeUndefined();
  expect(timetable.wait).toBe(5 * SECOND);
});

it('counts no more than a hundred', () => {
  const time = new TestTime(NIGHT);
  const timetable = new Timetable(cron('* * * * * *'), time);
  time.pass(365 * 24 * HOUR);
  expect(timetable.take()).toMatchObject({ missed: 100, lateMs: 0 });
});

it('has no instant left when the schedule ends', () => {
  const time = new TestTime(NIGHT);
  const ending: Schedule = {
    kind: 'CRON',
    text: '',
    after: (at) => (at < NIGHT + SECOND ? NIGHT + SECOND : undefined),
    latest: () => NIGHT + SECOND,
  };
  const timetable = new Timetable(ending, time);
  expect(run(timetable, time, 5 * SECOND)).toEqual(['00:00:01']);
  expect(timetable.wait).toBe(Infinity);
  time.set(NIGHT - HOUR);
  expect(run(timetable, time, 5 * SECOND)).toEqual([]);
});

describe('when the time of day is set back', () => {
  it('does not run a nightly task twice', () => {
    const time = new TestTime(NIGHT);
    const timetable = new Timetable(cron('0 3 * * *'), time);
    expect(run(timetable, time, 3.5 * HOUR, 60 * SECOND)).toEqual(['03:00:00']);
    time.set(NIGHT + 2.5 * HOUR);
    expect(run(timetable, time, 5 * HOUR, 60 * SECOND)).toEqual([]);
    expect(timetable.wait).toBe(19.5 * HOUR);
  });

  it('keeps the rhythm of a frequent one, and does not wait for the old time', () => {
    const time = new TestTime(NIGHT);
    const timetable = new Timetable(intervalSchedule(10 * SECOND), time);
    run(timetable, time, 13 * SECOND);
    time.set(NIGHT - HOUR + 13 * SECOND);
    expect(run(timetable, time, 20 * SECOND)).toEqual(['23:00:20', '23:00:30']);
  });

  it('does not run again what ran within its usual time', () => {
    const time = new TestTime(NIGHT);
    const timetable = new Timetable(intervalSchedule(10 * SECOND), time);
    expect(run(timetable, time, 11 * SECOND)).toEqual(['00:00:10']);
    time.set(NIGHT + 8 * SECOND);
    expect(run(timetable, time, 14 * SECOND)).toEqual(['00:00:20']);
  });

  it('runs again within a day, however far the time was ahead', () => {
    const time = new TestTime(Date.parse('2030-01-01T00:00:00Z'));
    const timetable = new Timetable(cron('0 3 * * *'), time);
    run(timetable, time, 4 * HOUR, 60 * SECOND);
    time.set(NIGHT);
    expect(run(timetable, time, 48 * HOUR, 60 * SECOND)).toEqual(['03:00:00']);
  });

  it('begins anew if nothing has run', () => {
    const time = new TestTime(NIGHT + 4 * HOUR);
    const timetable = new Timetable(cron('0 3 * * *'), time);
    time.set(NIGHT + 2 * HOUR);
    expect(run(timetable, time, 2 * HOUR, 60 * SECOND)).toEqual(['03:00:00']);
  });
});

it('runs the last instant when the time of day is set forward', () => {
  const time = new TestTime(NIGHT);
  const timetable = new Timetable(cron('0 3 * * *'), time);
  time.set(NIGHT + 100 * HOUR);
  expect(timetable.take()).toEqual({ instant: NIGHT + 99 * HOUR, lateMs: HOUR, missed: 4 });
  expect(timetable.take()).toBeUndefined();
});

it('never runs twice within an interval, and never pauses for long, whatever is done to the time of day', () => {
  const change = tuple(integer({ min: 0, max: 60 }), integer({ min: -100_000, max: 100_000 }));
  assert(
    property(constantFrom(2, 5, 30), array(change, { maxLength: 20 }), (seconds, changes) => {
      const time = new TestTime(NIGHT);
      const timetable = new Timetable(intervalSchedule(seconds * SECOND), time);
      const forward: number[] = [];
      const runs: number[] = [];
      const take = (): void => {
        if (timetable.take() !== undefined) runs.push(time.elapsed());
      };
      for (const [pause, shift] of [...changes, [seconds * 3, 0] as const]) {
        for (let second = 0; second < pause; second++) {
          time.pass(SECOND);
          take();
        }
        time.set(time.now() + shift * 10);
        if (shift > 0) forward.push(time.elapsed());
        take();
      }
      const gaps = runs.slice(1).map((at, index) => [runs[index]!, at] as const);
      // After the time was set forward, a run is early by the clock that does not change.
      const isForced = ([from, to]: readonly [number, number]): boolean =>
        forward.some((at) => at >= from && at <= to);
      expect(
        gaps.filter(([from, to]) => to - from < (seconds - 1) * SECOND && !isForced([from, to])),
      ).toEqual([]);
      expect(
        gaps.filter(([from, to]) => to - from > (2 * seconds + 1) * SECOND * (changes.length + 1)),
      ).toEqual([]);
      expect(time.elapsed() - runs.at(-1)!).toBeLessThanOrEqual((2 * seconds + 1) * SECOND);
    }),
  );
});
