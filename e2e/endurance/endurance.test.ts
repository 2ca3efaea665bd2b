import { endure } from './endure';
import { findFaults } from './find-faults';
import { HOSTILE_CLIENTS } from './hostile-clients';
import type { Fix } from './take-back';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const { PROPERTY_SEED } = process.env;
const SEED = PROPERTY_SEED ? Number(PROPERTY_SEED) : Date.now() % 1_000_000;

const TAKEN_BACK: [fix: Fix, clients: string[], fault: RegExp][] = [
  ['answers wait for their client', ['pipelines requests for large answers and does not read'], /^memory: /],
  // Two clients, so that the memory is far above the bound, or ends the server.
  [
    'small chunks are gathered',
    Array<string>(2).fill('uploads in chunks of one byte'),
    /^memory: |ended: SIGABRT/,
  ],
  ['a paused upload is read again', ['leaves an upload that has to wait'], /^descriptors: /],
];

// The title prints the seed.
describe(`The endurance program with the seed ${SEED}`, () => {
  it('finds no fault, although every kind of hostile client takes part', async () => {
    const report = await endure({ seconds: 8, seed: SEED });
    expect(findFaults(report)).toEqual([]);
    expect(Object.keys(report.hostile).sort()).toEqual(Object.keys(HOSTILE_CLIENTS).sort());
  });

  it.each(TAKEN_BACK)('finds a fault without the fix "%s"', async (takeBack, hostile, fault) => {
    const report = await endure({ seconds: 5, seed: SEED, hostile, takeBack });
    expect(findFaults(report)).toContainEqual(expect.stringMatching(fault));
  });
});
