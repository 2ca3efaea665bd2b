import { endure } from './endure';
import { findFaults } from './find-faults';
import { HOSTILE_CLIENTS } from './hostile-clients';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const { PROPERTY_SEED } = process.env;
const SEED = PROPERTY_SEED ? Number(PROPERTY_SEED) : Date.now() % 1_000_000;

// The title prints the seed.
describe(`The endurance program with the seed ${SEED}`, () => {
  it('finds no fault, although every kind of hostile client takes part', async () => {
    const report = await endure({ seconds: 8, seed: SEED });
    expect(findFaults(report)).toEqual([]);
    expect(Object.keys(report.hostile).sort()).toEqual(Object.keys(HOSTILE_CLIENTS).sort());
  });
});
