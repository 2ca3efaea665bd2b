// `npm run bench:workers [-- --engine uws --rounds 5 --seconds 5 --connections 200]`: what a second worker is worth on two
// cores, with a handler that computes for 200 µs. Program and load share the two cores, as they would without a proxy.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, ROOT } from '../.ci/install.mjs';
import { findComputeRounds } from './harness/calibrate.js';
import { chooseCores, pin } from './harness/cores.js';
import { findMedian } from './harness/find-median.js';
import { formatTable } from './harness/format-table.js';
import { findLoadGenerator, sendLoad } from './harness/load.js';
import { readCpuMicros } from './harness/process-usage.js';
import { stopServer } from './harness/server.js';

const COMPUTE_MICROS = 200;
const WARMUP_SECONDS = 1;
const COUNTS = [1, 2];
const TARGET = 1.8;
const START_MS = 30_000;
const REQUEST = { method: 'GET', path: '/', headers: {} };

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'uws,node' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '200' },
  },
});
const [rounds, seconds, connections] = [values.rounds, values.seconds, values.connections].map(Number);
const print = (line) => void process.stdout.write(`${line}\n`);

const generator = findLoadGenerator();
if (generator.name === 'autocannon') await ensureInstalled(path.join(ROOT, 'benchmarks'));
const cores = chooseCores();
// Both use both cores, also where there are more.
const shared = cores && `${cores.server},${cores.load}`;
const computeRounds = findComputeRounds(COMPUTE_MICROS);
print(
  `Node ${process.versions.node}; ${connections} connections from ${generator.version}; the handler computes for ` +
    `${COMPUTE_MICROS} µs (${computeRounds} rounds); ${rounds} interleaved rounds of ${seconds} s after ` +
    `${WARMUP_SECONDS} s of warm-up; program and load share ${shared ? `the cores ${shared}` : 'all cores'}.`,
);
for (const engine of values.engine.split(',')) {
  const runs = COUNTS.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, count] of COUNTS.entries()) runs[index].push(await measure(engine, count));
  }
  report(engine, runs);
}

/** Starts the program with so many workers, loads it, and ends it. */
async function measure(engine, count) {
  const program = await start(engine, count);
  try {
    const workload = { expected: { status: 200 }, connections, pipeline: 1 };
    const load = { generator, request: REQUEST, workload, port: program.port, core: shared };
    await sendLoad({ ...load, seconds: WARMUP_SECONDS });
    const before = program.readCpuMicros();
    const { requests, requestsPerSecond, p99Ms } = await sendLoad({ ...load, seconds });
    return { requestsPerSecond, p99Ms, cpuMicros: (program.readCpuMicros() - before) / requests };
  } finally {
    await program.stop();
  }
}

async function start(engine, count) {
  const file = path.join(import.meta.dirname, 'peers/computing.js');
  const [command, args] = pin(shared, [process.execPath, [file]]);
  const env = { ...process.env, NODE_ENV: 'production', SLUICE_ENGINE: engine };
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, WORKERS: String(count), COMPUTE_ROUNDS: String(computeRounds) },
  });
  const stop = () => stopServer({ child });
  try {
    const { port, workers } = await readStart(child);
    // On some engines the supervisor accepts the connections, so its time counts too.
    const pids = new Set([String(child.pid), ...workers]);
    return { port, readCpuMicros: () => [...pids].reduce((sum, pid) => sum + readCpuMicros(pid), 0), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the port that the program prints, and its processes. */
function readStart(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The program did not start.')), START_MS);
    const fail = (error) => (clearTimeout(late), reject(error));
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      const found = /^port (\d+)$/m.exec(output);
      if (found === null) return;
      clearTimeout(late);
      resolve({
        port: Number(found[1]),
        workers: [...output.matchAll(/^process (\d+)$/gm)].map(([, pid]) => pid),
      });
    });
    child.once('error', fail).once('exit', (code) => fail(new Error(`The program ended with ${code}.`)));
  });
}

function report(engine, runs) {
  const medians = runs.map((all, index) => ({
    count: COUNTS[index],
    rates: all.map(({ requestsPerSecond }) => requestsPerSecond),
    p99Ms: findMedian(all.map(({ p99Ms }) => p99Ms)),
    cpuMicros: findMedian(all.map(({ cpuMicros }) => cpuMicros)),
  }));
  const columns = [
    [`workers, ${engine}`, ({ count }) => String(count)],
    ['requests/s', ({ rates }) => formatRate(findMedian(rates))],
    ['least … most', ({ rates }) => `${formatRate(Math.min(...rates))} … ${formatRate(Math.max(...rates))}`],
    ['CPU µs per request', ({ cpuMicros }) => cpuMicros.toFixed(0)],
    ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(1)],
  ];
  const [one, two] = medians;
  const ratios = two.rates.map((rate, round) => rate / one.rates[round]);
  const ratio = findMedian(ratios);
  print(`\n${formatTable(columns, medians)}\n`);
  print(
    `2 workers ÷ 1 on ${engine}: ${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)} … ${Math.max(...ratios).toFixed(2)} ` +
      `of ${ratios.length} rounds); ${ratio >= TARGET ? 'at least' : 'BELOW'} the target of ${TARGET}.`,
  );
}

function formatRate(rate) {
  return Math.round(rate).toLocaleString('en');
}
