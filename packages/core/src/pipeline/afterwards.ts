import { isPromise, type MaybePromise } from '../http/maybe-promise';

/**
 * Runs `then` on the way back: at once if the inner steps were synchronous, else when their promise has resolved.
 * `next()` never throws, so `then` always runs.
 *
 * @example handle(context, next) { return afterwards(next(), () => { context.response.headers.set('X-Done', 'yes'); }); }
 */
export function afterwards<T>(passed: MaybePromise<void>, then: () => T): T | Promise<Awaited<T>> {
  if (!isPromise(passed)) return then();
  return passed.then(then) as Promise<Awaited<T>>;
}
