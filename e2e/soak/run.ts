/** `npm run soak -- --requests 1000000 --engine uws`: whether the whole stack answers as documented, in flat memory. */
import { parseArgs } from 'node:util';
import { judgeMemory, type MemorySample } from './judge-memory';
import { soak } from './soak';

const format = ({ requests, heapMb, rssMb }: MemorySample): string =>
  `${requests.toLocaleString('en').padStart(11)} requests: heap ${heapMb.toFixed(2)} MB, RSS without the young generation ${rssMb.toFixed(1)} MB\n`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '1000000' },
      engine: { type: 'string', default: 'uws' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const [requests, seed, engine] = [Number(values.requests), Number(values.seed), values.engine];
  if (!(requests >= 1000) || !Number.isInteger(seed) || (engine !== 'uws' && engine !== 'node'))
    throw new Error('Give --requests at least 1000, --engine uws or node, and --seed a whole number.');
  const report = await soak({
    engine,
    requests,
    seed,
    onSample: (sample) => process.stdout.write(format(sample)),
  });
  const growth = judgeMemory(report.samples);
  const { samples: _, wrong, ...figures } = report;
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.stdout.write(
    `From the third quarter to the fourth the heap grows by ${growth.heapMb.toFixed(2)} MB and that RSS by ` +
      `${growth.rssMb.toFixed(1)} MB: ${growth.isFlat ? 'flat' : 'GROWS'}.\n`,
  );
  process.stdout.write(
    wrong.length === 0 ? 'Every answer is as documented.\n' : `Wrong:\n${wrong.join('\n')}\n`,
  );
  process.exitCode = wrong.length === 0 && growth.isFlat ? 0 : 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
