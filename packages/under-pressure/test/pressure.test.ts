import { Pressure } from '../src/pressure';

const NOTHING = { delayMs: 0, heapBytes: 0, rssBytes: 0 };

describe('pressure', () => {
  const readLevels = (pressure: Pressure) =>
    (['low', 'normal', 'high'] as const).filter((level) => pressure.refuses(level));

  it.each([
    [79, []],
    [80, ['low']],
    [99, ['low']],
    [100, ['low', 'normal']],
    [124, ['low', 'normal']],
    [125, ['low', 'normal', 'high']],
    [Infinity, ['low', 'normal', 'high']],
  ])('of %d percent refuses %j', (share, levels) => {
    for (const name of ['delayMs', 'heapBytes', 'rssBytes'] as const) {
      const pressure = new Pressure({ maxEventLoopDelayMs: 100, maxHeapBytes: 100, maxRssBytes: 100 });
      pressure.take({ ...NOTHING, [name]: share });
      expect(readLevels(pressure)).toEqual(levels);
    }
  });

  it('ends below nine tenths of where it began, so that it does not flap', () => {
    const pressure = new Pressure({ maxEventLoopDelayMs: 100 });
    const decisions = [99, 100, 95, 90, 89, 99, 100].map((delayMs) => {
      pressure.take({ ...NOTHING, delayMs });
      return pressure.refuses('normal');
    });
    expect(decisions).toEqual([false, true, true, true, false, false, true]);
  });

  it('counts requests in flight in the same way', () => {
    const pressure = new Pressure({ maxInFlight: 20 });
    const decisions = [19, 20, 19, 18, 17, 19, 20].map((inFlight) => {
      pressure.inFlight = inFlight;
      return pressure.refuses('normal');
    });
    expect(decisions).toEqual([false, true, true, true, false, false, true]);
    pressure.inFlight = 24;
    expect(readLevels(pressure)).toEqual(['low', 'normal']);
    pressure.inFlight = 25;
    expect(readLevels(pressure)).toEqual(['low', 'normal', 'high']);
  });

  it('knows nothing after it forgot', () => {
    const pressure = new Pressure({ maxRssBytes: 1 });
    pressure.take({ ...NOTHING, rssBytes: 5 });
    pressure.forget();
    expect(readLevels(pressure)).toEqual([]);
  });
});
