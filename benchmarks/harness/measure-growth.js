// Whether memory grows: one server answers millions of mixed requests, and is asked in between what it holds.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sendMixedLoad } from './load.js';
import { readRssMb } from './process-usage.js';
import { startServer, stopServer } from './server.js';

const SAMPLES = 20;
const FIRST_SECONDS = 2;
const LONGEST_SECONDS = 60;
const HOOK = pathToFileURL(path.join(import.meta.dirname, 'sample-memory.js')).href;
const FOLDER = path.resolve(import.meta.dirname, '../../.cache/benchmarks');

/** Gives `{ requests, heapMb, externalMb, rssMb }` for about twenty points in time, the first before any load. */
export async function measureGrowth(peer, workload, { cores, generator, requests }, report) {
  if (generator.name !== 'wrk') throw new Error('wrk is not installed, and only it sends the mixture');
  mkdirSync(FOLDER, { recursive: true });
  process.env.MEMORY_FILE = path.join(FOLDER, `memory-${process.pid}.json`);
  const nodeOptions = ['--expose-gc', '--import', HOOK];
  const server = await startServer(peer, workload, { core: cores?.server, nodeOptions });
  try {
    const samples = [{ requests: 0, ...(await readMemory(server)) }];
    let seconds = FIRST_SECONDS;
    for (let sent = 0; sent < requests; report(samples.at(-1))) {
      const load = { port: server.port, workload, core: cores?.load, first: sent, seconds };
      const done = await sendMixedLoad(load);
      sent += done.requests;
      samples.push({ requests: sent, ...(await readMemory(server)) });
      const wanted = Math.ceil(requests / SAMPLES / done.requestsPerSecond);
      seconds = Math.min(Math.max(wanted, 1), LONGEST_SECONDS);
    }
    return samples;
  } finally {
    await stopServer(server);
  }
}

async function readMemory({ child, pid }) {
  const file = process.env.MEMORY_FILE;
  rmSync(file, { force: true });
  child.kill('SIGUSR2');
  for (let waited = 0; !existsSync(file); waited += 1) {
    if (waited > 600) throw new Error('The server told nothing of its memory within 30 s.');
    await wait(50);
  }
  const { heapUsed, external } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return { heapMb: heapUsed / 1024 ** 2, externalMb: external / 1024 ** 2, rssMb: readRssMb(pid) };
}
