import { ENGINES } from '../sockets/engines';
import { judgeMemory } from './judge-memory';
import { soak } from './soak';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const { PROPERTY_SEED } = process.env;
const SEED = PROPERTY_SEED ? Number(PROPERTY_SEED) : Date.now() % 1_000_000;
/** A short run is the time in which V8 compiles and recompiles: 4 MB over 5000 requests are 800 bytes each. */
const TOLERANCE = { heapMb: 4, rssMb: 64 };

// The title prints the seed.
describe(`The whole stack with the seed ${SEED}`, () => {
  it.each(ENGINES)('answers 20,000 requests as documented, in flat memory (%s)', async (engine) => {
    const report = await soak({ engine, requests: 20_000, seed: SEED });
    expect(report.wrong).toEqual([]);
    expect(report.checked).toBeGreaterThanOrEqual(20_000);
    expect(Object.keys(report.statuses).map(Number)).toEqual([
      200, 201, 204, 206, 304, 400, 403, 404, 405, 422, 429, 500, 504,
    ]);
    expect(judgeMemory(report.samples, TOLERANCE)).toMatchObject({ isFlat: true });
  });
});

describe('judgeMemory', () => {
  const climb = (mbEach: number) =>
    Array.from({ length: 21 }, (_, part) => ({
      requests: part * 1000,
      heapMb: 20 + part * mbEach,
      rssMb: 60 + part * mbEach,
    }));

  it('finds memory that grows with the requests, and not what is allocated once', () => {
    expect(judgeMemory(climb(0.3)).isFlat).toBe(false);
    expect(judgeMemory(climb(0.1)).isFlat).toBe(true);
    const once = climb(0).map((one) => ({ ...one, heapMb: one.requests > 5000 ? 40 : 20 }));
    expect(judgeMemory(once).isFlat).toBe(true);
  });
});
