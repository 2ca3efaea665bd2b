import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp, serve } from '@sluice/core';

const {
  PORT = '0',
  WORKERS = '2',
  MAX_MEMORY_MB,
  BROKEN,
  BROKEN_FILE,
  AWAITED_FILE,
  STOP_AT_ONCE,
} = process.env;
const kept: Buffer[] = [];

async function main(): Promise<void> {
  await serve(
    () => {
      if (BROKEN_FILE !== undefined && existsSync(BROKEN_FILE)) throw new Error('a broken release');
      if (BROKEN === 'exit') process.exit(7);
      if (BROKEN === 'error') throw new TypeError('the factory failed');
      return createApp({
        ...(BROKEN === 'option' && { controllers: [class NotOne {}] }),
        onStart: async ({ worker: { id, count } }) => {
          console.log(`onStart of ${id} of ${count}`);
          while (id === 2 && AWAITED_FILE !== undefined && !existsSync(AWAITED_FILE)) await wait(20);
        },
        onStop: () => console.log('onStop'),
        routes: [
          { method: 'GET', path: '/', handler: (context) => ({ ...context.app.worker, pid: process.pid }) },
          {
            method: 'GET',
            path: '/hang',
            handler: () => (console.log('hangs'), new Promise(() => undefined)),
          },
          { method: 'GET', path: '/slow', handler: () => (console.log('waits'), wait(500, 'answered')) },
          {
            method: 'GET',
            path: '/log',
            handler: () => (console.log('{"level":30}'), console.error('plain'), 'logged'),
          },
          { method: 'GET', path: '/take', handler: take },
          { method: 'GET', path: '/throw', handler: () => (setImmediate(fail), 'going') },
          { method: 'GET', path: '/fill', handler: () => (setImmediate(fill), 'going') },
        ],
      });
    },
    {
      port: Number(PORT),
      workers: Number(WORKERS),
      ...(MAX_MEMORY_MB && { maxMemoryMb: Number(MAX_MEMORY_MB) }),
      onWorkerStart: ({ id, pid }) => console.log(`started ${id} ${pid}`),
      onWorkerExit: ({ id, how, wasAsked }) => console.log(`ended ${id} ${how} ${wasAsked}`),
    },
  );
  console.log(`main goes on in ${process.pid}`);
  if (STOP_AT_ONCE === '1' && process.send === undefined) process.kill(process.pid, 'SIGTERM');
}

/** Takes 250 megabytes. */
function take(): string {
  while (process.memoryUsage.rss() < 250 * 2 ** 20) kept.push(Buffer.alloc(10 * 2 ** 20, 1));
  return 'taken';
}

function fail(): void {
  throw new Error('outside of every request');
}

/** Takes more memory than the process may have. */
function fill(): void {
  const all: unknown[] = [];
  for (;;) all.push(new Array(100_000).fill({}).map((_, index) => ({ index })));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
