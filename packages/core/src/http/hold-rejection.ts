/** Whoever awaits it is told of a failure; one that nobody awaits any more must not end the process. */
export function holdRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
