import { setTimeout as wait } from 'node:timers/promises';
import { TimerWheel } from '../src/timer-wheel';

describe('the timer wheel', () => {
  it('lets each time ring once, not before it is over, in order', async () => {
    const wheel = new TimerWheel();
    const rung: number[] = [];
    const started = performance.now();
    for (const ms of [60, 1, 30, 30, 95]) {
      wheel.arm(ms, () => {
        expect(performance.now() - started).toBeGreaterThanOrEqual(ms);
        rung.push(ms);
      });
    }
    while (wheel.size > 0) await wait(5);
    expect(rung).toEqual([1, 30, 30, 60, 95]);
  });

  it('lets no disarmed time ring, and keeps none', async () => {
    const wheel = new TimerWheel();
    const ring = jest.fn();
    const alarms = Array.from({ length: 10_000 }, (_, index) => wheel.arm(20 + index, ring));
    for (const alarm of alarms) wheel.disarm(alarm);
    wheel.disarm(alarms[0]!);
    expect(wheel.size).toBe(0);
    await wait(60);
    expect(ring).not.toHaveBeenCalled();
  });

  it('keeps times that are longer than a turn of the wheel', async () => {
    const wheel = new TimerWheel();
    const ring = jest.fn();
    const long = wheel.arm(5_120 + 10, ring);
    await wait(60);
    expect(ring).not.toHaveBeenCalled();
    wheel.disarm(long);
  });

  it('may be armed again while a time rings', async () => {
    const wheel = new TimerWheel();
    const rung: string[] = [];
    wheel.arm(5, () => {
      rung.push('first');
      wheel.arm(40, () => void rung.push('second'));
    });
    await wait(25);
    expect(rung).toEqual(['first']);
    while (wheel.size > 0) await wait(5);
    expect(rung).toEqual(['first', 'second']);
  });
});
