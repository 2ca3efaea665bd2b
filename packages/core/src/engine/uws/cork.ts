import type { HttpResponse } from 'uWebSockets.js';

/** Runs `write` in one cork, and throws its error afterwards: thrown into the engine, it would hang the request. */
export function cork<T>(res: HttpResponse, write: () => T): T {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  res.cork(() => {
    try {
      outcome = { value: write() };
    } catch (error) {
      outcome = { error };
    }
  });
  if (outcome === undefined) throw new Error('The engine did not run the corked write.');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
