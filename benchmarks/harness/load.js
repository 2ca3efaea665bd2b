// Load from one closed loop a connection: wrk where it is installed, autocannon otherwise.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../../.ci/run-command.mjs';
import { pin } from './cores.js';
import { writeLua } from './write-lua.js';
import { writeMixedLua } from './write-mixed-lua.js';

/** Which load generator there is, and which version. */
export function findLoadGenerator() {
  // wrk prints its version with its usage, and ends with 1.
  const { stdout, error } = spawnSync('wrk', ['--version'], { encoding: 'utf8' });
  if (error === undefined) return { name: 'wrk', version: stdout.split(' ').slice(0, 2).join(' ') };
  return { name: 'autocannon', version: 'autocannon' };
}

/**
 * Sends the request again and again for some seconds.
 * Gives `requests`, `requestsPerSecond`, `p50Ms`, `p99Ms`; throws when answers failed.
 */
export function sendLoad({ generator, request, workload, ...load }) {
  const { expected, connections, pipeline } = workload;
  const expectsError = expected.status >= 400;
  return runGenerator(load, (folder) =>
    generator.name === 'wrk'
      ? wrk(folder, writeLua(request, pipeline, expectsError), { ...load, connections })
      : autocannon(folder, { ...load, request, connections, pipeline, expectsError }),
  );
}

/** Sends the mixed requests in turn, the same way; their numbers go on from `first`. Needs wrk. */
export function sendMixedLoad({ workload, first, ...load }) {
  const { connections } = workload;
  return runGenerator(load, (folder) => wrk(folder, writeMixedLua(first), { ...load, connections }));
}

async function runGenerator({ seconds, core }, makeCommand) {
  const folder = mkdtempSync(path.join(tmpdir(), 'benchmark-'));
  try {
    const [program, args] = pin(core, makeCommand(folder));
    const options = { quiet: true, timeoutMinutes: seconds / 60 + 1 };
    const { code, output } = await runCommand(program, args, options);
    const line = output.split('\n').find((each) => each.startsWith('RESULT '));
    if (code !== 0 || line === undefined) throw new Error(`the load generator failed: ${output.trim()}`);
    const { failures, ...result } = JSON.parse(line.slice('RESULT '.length));
    if (failures > 0) throw new Error(`${failures} of ${result.requests} answers failed`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wrk(folder, lua, { port, connections, seconds }) {
  const script = path.join(folder, 'request.lua');
  writeFileSync(script, lua);
  const load = ['--threads', '1', '--connections', String(connections)];
  const duration = ['--duration', `${Math.ceil(seconds)}s`, '--timeout', '10s', '--script', script];
  return ['wrk', [...load, ...duration, `http://127.0.0.1:${port}`]];
}

function autocannon(folder, settings) {
  const file = path.join(folder, 'request.json');
  writeFileSync(file, JSON.stringify(settings));
  return [process.execPath, [path.join(import.meta.dirname, 'autocannon.js'), file]];
}
