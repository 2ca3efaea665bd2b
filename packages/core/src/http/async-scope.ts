/** Runs a function in the async context of the code that has captured it, and returns its result. */
export type AsyncScope = <T>(run: () => T) => T;

let asyncHooks: typeof import('node:async_hooks') | undefined;

/** Captures the values of every AsyncLocalStorage, for code that runs later on behalf of the present code. */
export function captureScope(): AsyncScope {
  // Loaded here, because most applications never need it.
  asyncHooks ??= require('node:async_hooks') as typeof import('node:async_hooks');
  const resource = new asyncHooks.AsyncResource('SluiceRequest');
  return (run) => resource.runInAsyncScope(run);
}
