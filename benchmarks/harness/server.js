// A peer's server as a process: started on its core, waited for, stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pin } from './cores.js';
import { sendRequest } from './send-request.js';

const START_MS = 30_000;
const STOP_MS = 3000;
const FIRST_PORT = 20_000;
const PORTS = 12_000;
const running = new Set();
let nextPort = process.pid * 50;

/** Starts the server of a workload. `startupMs` is the time from the start of the process to its first answer. */
export async function startServer(peer, workload, { core, nodeOptions } = {}) {
  const port = await findPort();
  const [command, args] = pin(core, peer.command(workload.variant, port, nodeOptions));
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...peer.env, NODE_ENV: 'production' },
  });
  running.add(child);
  const server = { child, port, pid: child.pid, startupMs: NaN, complaints: '' };
  child.stderr.on('data', (chunk) => (server.complaints = (server.complaints + chunk).slice(-4000)));
  child.on('error', (error) => (server.complaints += error.message));
  try {
    await waitForAnswer(server, workload.request);
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  server.startupMs = performance.now() - started;
  return server;
}

/** Ends the process, with force when it doesn't go. */
export async function stopServer({ child }) {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(force);
  }
  running.delete(child);
}

/** For a harness that is stopped itself: no server stays behind. */
export function stopAllServers() {
  for (const child of running) child.kill('SIGKILL');
}

async function waitForAnswer(server, request) {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    try {
      return await sendRequest(server.port, request);
    } catch {
      if (server.child.exitCode !== null || server.child.pid === undefined) {
        throw new Error(`it ended: ${findMessage(server.complaints)}`);
      }
      await wait(1);
    }
  }
  throw new Error(`no answer within ${START_MS / 1000} s: ${findMessage(server.complaints)}`);
}

/** The line of a stack trace or traceback that says what is wrong. */
function findMessage(complaints) {
  const lines = complaints.split('\n').filter((line) => /\S/.test(line));
  return (
    lines.find((line) => /^\w*(Error|Exception)\b/.test(line)) ??
    lines.at(-1) ??
    'it said nothing'
  ).trim();
}

/**
 * Tried in turn from a number of this process's own, below the ports that systems give away: some peers share a port
 * with whoever has it, and what another program answered would be measured.
 */
async function findPort() {
  for (;;) {
    const port = FIRST_PORT + (nextPort++ % PORTS);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
