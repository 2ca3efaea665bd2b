import { endure } from '../endurance/endure';
import { findFaults } from '../endurance/find-faults';
import type { Fix } from '../endurance/take-back';

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

// The fixes are in the engine on µWebSockets. The title prints the seed.
describe(`The endurance program with the seed ${SEED}`, () => {
  it.each(TAKEN_BACK)('finds a fault without the fix "%s"', async (takeBack, hostile, fault) => {
    const report = await endure({ seconds: 5, seed: SEED, hostile, takeBack });
    expect(findFaults(report)).toContainEqual(expect.stringMatching(fault));
  });
});
