import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Middleware } from '@sluice/core';

/** Registered globally, so that two copies of this package know the same requests. */
const STORAGE = Symbol.for('sluice:request-context');

const shared = globalThis as { [STORAGE]?: AsyncLocalStorage<Context> };

/**
 * Makes the context known to all code that runs for a request, across every `await`: `currentContext()`. It slows down
 * each promise of the process on Node 20 and 22, so nothing is traced before this is called.
 *
 * @example createApp({ controllers, middleware: [requestContext()] })
 */
export function requestContext(): Middleware {
  const storage = (shared[STORAGE] ??= new AsyncLocalStorage<Context>());
  return {
    name: 'requestContext',
    layer: 'identify',
    handle: (context, next) => storage.run(context, next),
  };
}

/** The context of the request that the running code belongs to; undefined outside of requests. */
export function currentContext(): Context | undefined {
  return shared[STORAGE]?.getStore();
}

/**
 * The context of the request that the running code belongs to.
 *
 * @throws Error outside of requests, and where no `requestContext` runs
 */
export function requireContext(): Context {
  const context = currentContext();
  if (context !== undefined) return context;
  throw new Error('No request is running here, or its route has no requestContext().');
}
