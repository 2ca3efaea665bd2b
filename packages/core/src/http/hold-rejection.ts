/** Whoever awaits it is told of a failure; a client that goes away before anybody does must not end the process. */
export function holdRejection<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
