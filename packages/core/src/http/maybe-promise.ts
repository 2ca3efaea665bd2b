/** A value now, or a promise of it. Sluice never makes the second out of the first: sync stays sync. */
export type MaybePromise<T> = T | Promise<T>;

/** Answers whether `value` has to be waited for (any thenable counts). */
export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Gives the promise back. Awaiting it still throws; a rejection that nothing awaits no longer ends the process. */
export function holdRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
