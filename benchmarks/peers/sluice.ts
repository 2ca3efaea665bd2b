// Sluice as its users write it: decorated classes, compiled by tsc.
import { createApp, type AppOptions } from '@sluice/core';
import { assignment } from './assignment.js';
import { createCosts } from './sluice-costs.js';
import { FastrapiController } from './sluice-fastrapi.js';
import { GzipController } from './sluice-gzip.js';
import { MixedController } from './sluice-mixed.js';
import { PlainController } from './sluice-plain.js';
import { createControllers } from './sluice-routes.js';
import { StackController, stack } from './sluice-stack.js';

const variants: Record<string, () => AppOptions> = {
  plain: () => ({ controllers: [PlainController] }),
  stack: () => ({ controllers: [StackController], middleware: stack }),
  gzip: () => ({ controllers: [GzipController] }),
  routes: () => ({ controllers: createControllers(assignment.count) }),
  fastrapi: () => ({ controllers: [FastrapiController] }),
  mixed: () => ({ controllers: [MixedController], middleware: stack }),
  costs: () => createCosts(assignment.flavour),
};

const app = await createApp(variants[assignment.variant]!());
await app.listen({ port: assignment.port, host: assignment.host });
