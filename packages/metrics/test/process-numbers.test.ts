import { performance } from 'node:perf_hooks';
import { FamilyStore } from '../src/family-store';
import { addProcessNumbers } from '../src/process-numbers';

describe('the delay of the event loop', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is the whole window if the loop was blocked for all of it', () => {
    const store = new FamilyStore();
    const update = addProcessNumbers(store);
    const startedAt = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(startedAt);
    const readMost = (): number => {
      update();
      return store.list().gauges['nodejs_eventloop_lag_max_seconds{}']![0]!;
    };
    expect(readMost()).toBe(0);
    // The loop does not turn meanwhile.
    clock.mockReturnValue(startedAt + 8010);
    expect(readMost()).toBeCloseTo(8);
  });
});
