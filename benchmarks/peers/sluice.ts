// Sluice as its users write it: decorated classes, compiled by tsc. Each variant loads what its own program needs.
import { createApp, type AppOptions } from '@sluice/core';
import { assignment } from './assignment.js';

const variants: Record<string, () => Promise<AppOptions>> = {
  plain: async () => ({ controllers: [(await import('./sluice-plain.js')).PlainController] }),
  stack: async () => {
    const { StackController, stack } = await import('./sluice-stack.js');
    return { controllers: [StackController], middleware: stack };
  },
  defaults: async () => {
    const [{ PlainController }, { defaults }] = await Promise.all([
      import('./sluice-plain.js'),
      import('./sluice-defaults.js'),
    ]);
    return { controllers: [PlainController], middleware: defaults };
  },
  family: async () => (await import('./sluice-family.js')).family,
  gzip: async () => ({ controllers: [(await import('./sluice-gzip.js')).GzipController] }),
  routes: async () => ({
    controllers: (await import('./sluice-routes.js')).createControllers(assignment.count),
  }),
  fastrapi: async () => ({ controllers: [(await import('./sluice-fastrapi.js')).FastrapiController] }),
  mixed: async () => {
    const [{ MixedController }, { stack }] = await Promise.all([
      import('./sluice-mixed.js'),
      import('./sluice-stack.js'),
    ]);
    return { controllers: [MixedController], middleware: stack };
  },
  orders: async () => ({
    controllers: [(await import('./sluice-orders.js')).controllers[assignment.flavour]!],
  }),
  costs: async () => (await import('./sluice-costs.js')).createCosts(assignment.flavour),
};

const app = await createApp(await variants[assignment.variant]!());
await app.listen({ port: assignment.port, host: assignment.host });
