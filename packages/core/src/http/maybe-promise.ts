/** A value, or a promise of it. Sluice never turns a value into a promise: sync stays sync. */
export type MaybePromise<T> = T | Promise<T>;

/** Answers whether `value` is a promise or any other thenable. */
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

/** For a value that start-up refuses: where it is a promise, its rejection does not end the process before the report. */
export function ignoreRejection(value: unknown): void {
  if (isPromise(value)) void value.then(undefined, () => undefined);
}
