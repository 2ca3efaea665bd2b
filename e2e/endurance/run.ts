/** `npm run endurance -- --minutes 10 --seed 7`: prints the report of a server that is used and misused at once. */
import { parseArgs } from 'node:util';
import { endure } from './endure';
import { findFaults } from './find-faults';

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0) || !Number.isInteger(seed))
    throw new Error('Give --minutes a number above 0, and --seed a whole number.');
  const report = await endure({ seconds: minutes * 60, seed });
  const faults = findFaults(report);
  process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(faults.length === 0 ? 'No faults.\n' : `Faults:\n  ${faults.join('\n  ')}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
