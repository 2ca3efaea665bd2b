// Load from one closed loop a connection: wrk where it is installed, autocannon otherwise.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../../.ci/run-command.mjs';
import { pin } from './cores.js';
import { writeLua } from './write-lua.js';

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
export async function sendLoad({ generator, port, request, workload, seconds, core }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'benchmark-'));
  try {
    const command = generator.name === 'wrk' ? wrk : autocannon;
    const [program, args] = pin(core, command({ folder, port, request, workload, seconds }));
    const { code, output } = await runCommand(program, args, {
      quiet: true,
      timeoutMinutes: seconds / 60 + 1,
    });
    const line = output.split('\n').find((each) => each.startsWith('RESULT '));
    if (code !== 0 || line === undefined) throw new Error(`${generator.name} failed: ${output.trim()}`);
    const { failures, ...result } = JSON.parse(line.slice('RESULT '.length));
    if (failures > 0) throw new Error(`${failures} of ${result.requests} answers failed`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wrk({ folder, port, request, workload, seconds }) {
  const script = path.join(folder, 'request.lua');
  writeFileSync(script, writeLua(request, workload.pipeline));
  const connections = ['--threads', '1', '--connections', String(workload.connections)];
  const duration = ['--duration', `${Math.ceil(seconds)}s`, '--timeout', '10s', '--script', script];
  return ['wrk', [...connections, ...duration, `http://127.0.0.1:${port}`]];
}

function autocannon({ folder, port, request, workload, seconds }) {
  const file = path.join(folder, 'request.json');
  const { connections, pipeline } = workload;
  writeFileSync(file, JSON.stringify({ port, request, connections, pipeline, seconds }));
  return [process.execPath, [path.join(import.meta.dirname, 'autocannon.js'), file]];
}
