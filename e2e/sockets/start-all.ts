/** Waits for servers that are starting. If one of them fails, none of the others is left. */
export async function startAll<T extends AsyncDisposable>(starting: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(starting);
  const started = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = results.find((one) => one.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
  throw failed.reason;
}
