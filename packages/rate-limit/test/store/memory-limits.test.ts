import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limitStoreContract } from '@sluice/testing/stores';
import { makePolicy } from '../../src/limit-policy';
import { memoryLimits } from '../../src/store/memory-limits';
import { BoundedTimes } from '../../src/store/bounded-times';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The bytes that are in use, without garbage. */
function measureHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('memoryLimits', () => {
  for (const { title, run } of limitStoreContract({ makeStore: () => memoryLimits() })) it(title, run);

  it('has no timers and a bounded memory after 1,000,000 clients', () => {
    const timers = jest.spyOn(global, 'setTimeout');
    const intervals = jest.spyOn(global, 'setInterval');
    const store = memoryLimits({ maxKeys: 50_000 });
    const policy = makePolicy('flood', 5, 3600);
    const before = measureHeap();
    for (let client = 0; client < 1_000_000; client++) store.take([{ policy, key: `c${client}`, cost: 1 }]);
    expect(measureHeap() - before).toBeLessThan(30_000_000);
    const [times] = [...(store as unknown as { timesOf: Map<string, BoundedTimes> }).timesOf.values()];
    expect(times!.size).toBe(50_000);
    expect([timers.mock.calls.length, intervals.mock.calls.length]).toEqual([0, 0]);
    jest.restoreAllMocks();
  });

  it('keeps refusing a client while others flood it', () => {
    const store = memoryLimits({ maxKeys: 1000 });
    const policy = makePolicy('burst', 100, 3600);
    const refused = { policy, key: 'attacker', cost: 50 };
    for (let time = 0; time < 3; time++) store.take([refused]);
    for (let client = 0; client < 100_000; client++) store.take([{ policy, key: `c${client}`, cost: 1 }]);
    expect(store.take([refused])[0]!.isAllowed).toBe(false);
  });

  it('is refused options that it does not know', () => {
    expect(() => memoryLimits({ max: 5 } as never)).toThrow(/There is no option "max"/);
    expect(() => memoryLimits({ maxKeys: 0 })).toThrow(/maxKeys must be a whole number/);
  });
});

describe('BoundedTimes', () => {
  it('drops a time that has passed before any other', () => {
    const times = new BoundedTimes(3);
    times.set('passed', 5, 0);
    times.set('far', 1000, 0);
    times.set('near', 20, 0);
    times.set('new', 30, 10);
    expect(['passed', 'far', 'near', 'new'].map((key) => times.get(key))).toEqual([undefined, 1000, 20, 30]);
  });

  it('drops the nearest time, and never the new one unless it is the only one', () => {
    const times = new BoundedTimes(2);
    times.set('far', 1000, 0);
    times.set('near', 20, 0);
    times.set('new', 5, 0);
    expect([times.get('far'), times.get('near'), times.get('new')]).toEqual([1000, undefined, 5]);
    const one = new BoundedTimes(1);
    one.set('a', 10, 0);
    one.set('b', 10, 0);
    expect([one.get('a'), one.get('b'), one.size]).toEqual([undefined, 10, 1]);
  });

  it('keeps its bound whatever comes', () => {
    const times = new BoundedTimes(10);
    for (let index = 0; index < 10_000; index++) {
      times.set(`k${(index * 7919) % 500}`, (index * 31) % 1000, index % 700);
      expect(times.size).toBeLessThanOrEqual(10);
    }
  });
});
