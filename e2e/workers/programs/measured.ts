import { Counter, Gauge, Registry } from 'prom-client';
import { createApp, guard, serve, type Context } from '@sluice/core';
import { metrics } from '@sluice/metrics';

const registry = new Registry();
const theirs = new Counter({ name: 'theirs_total', help: 'Theirs.', registers: [registry] });
const level = new Gauge({ name: 'their_level', help: 'Theirs.', registers: [registry] });

async function main(): Promise<void> {
  const meters = metrics({ registries: [registry] });
  const orders = meters.counter('orders_total', { help: 'Orders.', labels: ['kind'] });
  const open = meters.gauge('open', { help: 'Open.' });
  const most = meters.gauge('most', { help: 'Most.', combine: 'max' });

  function count({ app }: Context): object {
    orders.add(1, { kind: 'book' });
    theirs.inc();
    open.set(1);
    most.set(app.worker.id);
    level.set(app.worker.id);
    return { pid: process.pid };
  }

  await serve(
    () =>
      createApp({
        middleware: [meters],
        services: [meters.listener({ port: 0 })],
        routes: [
          { method: 'GET', path: '/', handler: count },
          { method: 'GET', path: '/block', handler: block },
          ...meters.routes({ middleware: [guard(name)], skipMiddleware: ['metrics'] }),
        ],
      }),
    {
      port: 0,
      workers: 2,
      onWorkerStart: ({ id, pid }) => console.log(`started ${id} ${pid}`),
      onWorkerExit: ({ id, how, wasAsked }) => console.log(`ended ${id} ${how} ${wasAsked}`),
    },
  );
}

/** Says in the answer which worker it is from. */
function name({ response }: Context): void {
  response.headers.set('X-Pid', String(process.pid));
}

/** Computes for three seconds, from the next turn on. */
function block(): object {
  setTimeout(() => {
    const end = performance.now() + 3000;
    while (performance.now() < end);
  }, 50);
  return { pid: process.pid };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
