// A program whose only handler computes, on WORKERS processes. Prints `process PID` for each, then `port PORT`.
import { createApp, serve } from '@sluice/core';
import { compute } from './compute.js';

const { WORKERS, COMPUTE_ROUNDS } = process.env;
const rounds = Number(COMPUTE_ROUNDS);
const print = (line) => void process.stdout.write(`${line}\n`);

const { port } = await serve(
  () =>
    createApp({
      logger: { info() {}, warn: console.warn, error: console.error },
      routes: [{ method: 'GET', path: '/', handler: () => ({ value: compute(rounds) }) }],
    }),
  {
    port: 0,
    workers: Number(WORKERS),
    logger: { info() {}, warn: console.warn, error: console.error },
    onWorkerStart: ({ pid }) => print(`process ${pid}`),
  },
);
if (Number(WORKERS) === 1) print(`process ${process.pid}`);
print(`port ${port}`);
