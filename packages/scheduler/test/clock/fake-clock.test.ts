import { FakeClock } from '../../src';
import { waitFully } from '../../src/clock/clock';

it('moves only when the test says so', async () => {
  const clock = new FakeClock('2026-03-29T00:59:59Z');
  const woken: string[] = [];
  clock.wait(2000, () => woken.push('second'));
  clock.wait(1000, () => woken.push('first'));
  const cancel = clock.wait(500, () => woken.push('never'));
  cancel();
  await clock.advance('1s');
  expect(woken).toEqual(['first']);
  expect(new Date(clock.now()).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  await clock.advance(1000);
  expect(woken).toEqual(['first', 'second']);
  expect(clock.elapsed()).toBe(2000);
});

it('wakes timers that begin on the way, each at its moment', async () => {
  const clock = new FakeClock(0);
  const times: number[] = [];
  const tick = (): void => {
    times.push(clock.now());
    clock.wait(10, tick);
  };
  clock.wait(10, tick);
  await clock.advance(35);
  expect(times).toEqual([10, 20, 30]);
  expect(clock.now()).toBe(35);
});

it('waits for what runs, and for what that begins', async () => {
  const clock = new FakeClock(0);
  const done: string[] = [];
  const work = async (name: string, then?: () => void): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push(name);
    then?.();
  };
  clock.wait(1, () => clock.follow(work('first', () => clock.follow(work('second')))));
  await clock.advance(1);
  expect(done).toEqual(['first', 'second']);
});

it('does not wait with wait: false', async () => {
  const clock = new FakeClock(0);
  clock.wait(1, () => clock.follow(new Promise(() => undefined)));
  await clock.advance(1, { wait: false });
  expect(clock.now()).toBe(1);
});

it('goes on after work that fails', async () => {
  const clock = new FakeClock(0);
  clock.wait(1, () => clock.follow(Promise.reject(new Error('failed'))));
  await clock.advance(1);
  await clock.advance(1);
  expect(clock.elapsed()).toBe(2);
});

it('does not wake a timer that another one has prevented, when the time of day is set', async () => {
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const woken: string[] = [];
  clock.wait(1000, () => {
    woken.push('first');
    prevent();
  });
  const prevent = clock.wait(2000, () => woken.push('second'));
  await clock.set('2026-02-01T00:00:00Z');
  expect(woken).toEqual(['first']);
});

it('sets the time of day without letting time pass', async () => {
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const woken: number[] = [];
  clock.wait(5000, () => woken.push(clock.now()));
  waitFully(clock, 5000, () => woken.push(-clock.elapsed()));
  await clock.set('2025-01-01T00:00:00Z');
  expect(woken).toEqual([Date.parse('2025-01-01T00:00:00Z')]);
  await clock.advance('5s');
  expect(woken).toEqual([Date.parse('2025-01-01T00:00:00Z'), -5000]);
});

it('refuses what is not a time or a duration', async () => {
  expect(() => new FakeClock('yesterday')).toThrow(RangeError);
  await expect(new FakeClock(0).advance('soon')).rejects.toThrow(
    '"soon" is not a duration, such as \'90s\'.',
  );
  await expect(new FakeClock(0).set(NaN)).rejects.toThrow(RangeError);
});
