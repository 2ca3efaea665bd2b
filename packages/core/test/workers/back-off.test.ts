import { BackOff } from '../../src/workers/back-off';

describe('BackOff', () => {
  it('waits twice as long after each death, from 0.1 up to 30 seconds', () => {
    const backOff = new BackOff();
    const delays = Array.from({ length: 11 }, (_, index) => backOff.countDeath(index * 31_000));
    expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('begins anew after a minute without a death', () => {
    const backOff = new BackOff();
    expect([0, 1000, 61_000, 121_001, 121_002].map((at) => backOff.countDeath(at))).toEqual([
      100, 200, 400, 100, 200,
    ]);
  });

  it('reports a loop when the fifth death is less than 30 seconds after the first', () => {
    const isLoop = (times: readonly number[]): boolean => {
      const backOff = new BackOff();
      for (const at of times) backOff.countDeath(at);
      return backOff.isLoop(times.at(-1)!);
    };
    expect(isLoop([0, 1, 2, 3])).toBe(false);
    expect(isLoop([0, 1, 2, 3, 29_999])).toBe(true);
    expect(isLoop([0, 1, 2, 3, 30_000])).toBe(false);
    expect(isLoop([0, 20_000, 20_001, 20_002, 30_000, 30_001])).toBe(true);
  });

  it('waits longer after a process that the system has refused too, and does not take it for a death', () => {
    const backOff = new BackOff();
    expect([0, 1, 2, 3].map((at) => backOff.countRefusal(at))).toEqual([100, 200, 400, 800]);
    expect([backOff.countDeath(4), backOff.isLoop(4)]).toEqual([1600, false]);
  });
});
