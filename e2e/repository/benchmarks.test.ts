import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { runModule } from './run-module';

const ROOT = path.resolve(__dirname, '../..');

describe('the table of costs', () => {
  const formatAll = (costs: object[]) =>
    runModule<string[]>(
      'benchmarks/harness/format-costs.js',
      `${JSON.stringify(costs)}.map(exports.formatCost)`,
    );

  it('has no number where 0 lies in the range', () => {
    const costs = [
      { micros: -0.04, least: -0.84, most: 1.28 },
      { micros: 0.5, least: -0.01, most: 9 },
      { micros: 0.1, least: 0, most: 0.3 },
      { micros: -0.1, least: -0.3, most: 0 },
    ];
    expect(new Set(formatAll(costs))).toEqual(new Set(['not measurable']));
  });

  it('has the median where 0 lies outside of it', () => {
    const costs = [
      { micros: 0.19, least: 0.02, most: 0.93 },
      { micros: -0.28, least: -0.6, most: -0.13 },
    ];
    expect(formatAll(costs)).toEqual(['0.19', '−0.28']);
  });

  it('says so in its cells, keeps the range, and is compared with its target', () => {
    const rows = [
      { peer: 'sluice+nothing', cpuMicros: 9, cost: { micros: 0, least: 0, most: 0 } },
      { peer: 'sluice+gzip', cpuMicros: 9.1, cost: { micros: 0.1, least: -0.4, most: 0.2 } },
      { peer: 'sluice+csrf', cpuMicros: 9.9, cost: { micros: 0.9, least: 0.4, most: 1.2 } },
      { peer: 'sluice+tracing-without-sdk', cpuMicros: 9.2, cost: { micros: 0.2, least: -0.1, most: 0.3 } },
      { peer: 'sluice+request-id', cpuMicros: 9.5, cost: { micros: 0.5, least: 0.4, most: 0.6 } },
    ];
    const [, table] = runModule<[string, string]>(
      'benchmarks/harness/format-costs.js',
      `exports.formatCostTable('/', ${JSON.stringify(rows)})`,
    );
    expect(table.split('\n').slice(2)).toEqual([
      '| `gzip` | not measurable | −0.40 … 0.20 |  |  |',
      '| `csrf` | 0.90 | 0.40 … 1.20 | 10 % | ≤ 8 %: missed |',
      '| `requestId` | 0.50 | 0.40 … 0.60 | 6 % | ≤ 8 % |',
      '| `tracing` without an SDK | not measurable | −0.10 … 0.30 |  | ≤ 0 % |',
    ]);
  });
});

describe('the range of a median', () => {
  const find = (values: readonly number[]) =>
    runModule<object>('benchmarks/harness/find-range.js', `exports.findRange(${JSON.stringify(values)})`);

  it('is from the least to the most of up to five values', () => {
    expect(find([3])).toEqual({ least: 3, most: 3 });
    expect(find([4, 1, 10, 2, 3])).toEqual({ least: 1, most: 10 });
  });

  it('leaves out as many at both ends as the sign test allows', () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1).reverse();
    expect(find(upTo(7))).toEqual({ least: 1, most: 7 });
    expect(find(upTo(8))).toEqual({ least: 1, most: 8 });
    expect(find(upTo(9))).toEqual({ least: 2, most: 8 });
    expect(find(upTo(16))).toEqual({ least: 4, most: 13 });
  });
});

describe('the spread', () => {
  it('is half of what the rounds lie apart, and a single round has none', () => {
    const summarize = (...micros: number[]) => {
      const runs = micros.map((cpuMicros, round) => ({ round, cpuMicros }));
      return runModule<object>(
        'benchmarks/harness/summarize.js',
        `await (async () => {
          const { findNoise } = await import(${JSON.stringify(path.join(ROOT, 'benchmarks/harness/find-noise.js'))});
          return findNoise(exports.summarize([{ peer: 'raw', runs: ${JSON.stringify(runs)} }]));
        })()`,
      );
    };
    expect(summarize(9, 10, 11)).toEqual({ median: 0.1, most: 0.1 });
    expect(summarize(10)).toBeNull();
  });
});

describe('the published figures', () => {
  it('are those of the last results: charts, pages and the tables of docs/performance.md', () => {
    const output = execFileSync(process.execPath, ['benchmarks/pages.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(output).toBe('');
  });
});

describe('the chart of the README', () => {
  it('says for each framework without a bar why it has none', () => {
    const svg = runModule<string>(
      'benchmarks/charts/comparison-chart.js',
      `exports.drawComparison({
        workloads: ['a', 'd'].map((id) => ({
          id, date: '2026-01-01', method: 'once', left: [{ peer: 'hono', reason: 'status 500, not 200' }],
        })),
        rows: ['a', 'd'].flatMap((workload) =>
          Object.keys(exports.COMPARED)
            .filter((peer) => !['hono', 'express'].includes(peer))
            .map((peer) => ({ workload, peer, cpuMicros: 10, spread: 0.1 }))),
      })`,
    );
    const text = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, line]) => line).join(' ');
    expect(text).toContain('Not measured in a and d: Hono: status 500, not 200.');
    expect(text).toContain('Not measured in a and d: Express: it was not part of that run.');
    expect(text.match(/Not measured/g)).toHaveLength(2);
    expect(text.match(/Sluice 100 ±5 %/g)).toHaveLength(2);
  });
});

describe('the command line of the benchmarks', () => {
  /** The peers of each workload that would be measured. */
  const plan = (...args: string[]) =>
    runModule<Record<string, string[]>>(
      'benchmarks/harness/read-arguments.js',
      `await (async () => {
        const { takesPart } = await import(${JSON.stringify(path.join(ROOT, 'benchmarks/peers/peers.js'))});
        const { workloads, peers, isWanted } = exports.readArguments(${JSON.stringify(args)});
        return Object.fromEntries(workloads.map((workload) => [
          workload.id,
          peers.filter((peer) => takesPart(peer, workload) && isWanted(peer, workload)).map(({ name }) => name),
        ]));
      })()`,
    );

  const COMPARED = ['raw', 'sluice', 'fastify', 'nest-fastify', 'nest-node', 'express', 'hono', 'fastrapi'];

  it('measures what the chart shows, and nothing else, with --only chart', () => {
    const planned = plan('--only', 'chart');
    expect(Object.keys(planned)).toEqual(['a', 'd']);
    expect(planned.a).toEqual(expect.arrayContaining(COMPARED));
    expect(planned.d).toEqual(expect.arrayContaining([...COMPARED, 'raw-cached']));
    expect(planned.a!.length).toBeLessThan(10);
    expect(plan('--only', 'chart', '--peers', 'raw,sluice')).toEqual({
      a: ['raw', 'sluice'],
      d: ['raw', 'sluice'],
    });
  });

  it('measures what the chart and docs/performance.md show with --quick', () => {
    const planned = plan('--quick');
    const others = ['startup', 'startup-family', 'costs-small', 'costs-heavy'];
    expect(Object.keys(planned)).toEqual([...'abcdefghijkl', ...others]);
    expect(planned.a).toEqual(expect.arrayContaining(COMPARED));
    expect(planned.h).toEqual(['raw', 'raw-checked', 'sluice']);
    expect(planned.k).toEqual(['raw', 'raw-checked', 'sluice']);
    expect(planned.l).toEqual(expect.arrayContaining(['sluice', 'fastify', 'express', 'hono']));
    expect(planned['costs-small']!.length).toBeGreaterThan(20);
  });

  it('measures everything by default, and all of a workload that is named', () => {
    expect(plan().a).toEqual(expect.arrayContaining(['fastapi', 'node-http']));
    expect(plan('--only', 'a').a).toEqual(plan().a);
  });

  it('continues only what the same command began within the last day', () => {
    const isRecent = (part: object) =>
      runModule<boolean>(
        'benchmarks/harness/kept-runs.js',
        `exports.isRecent(${JSON.stringify(part)}, { id: 'a', group: 'a' }, {
          mode: 'quick mode', rounds: 5, seconds: 2, warmupSeconds: 1,
        })`,
      );
    const method = 'quick mode, median of 5 interleaved rounds of 2 s after 1 s of warm-up';
    const date = new Date().toISOString();
    expect(isRecent({ workload: 'a', method, date })).toBe(true);
    expect(isRecent({ workload: 'b', method, date })).toBe(false);
    expect(isRecent({ workload: 'a', method: method.replace('quick mode, ', ''), date })).toBe(false);
    expect(isRecent({ workload: 'a', method, date: '2026-01-01T00:00:00Z' })).toBe(false);
  });
});
