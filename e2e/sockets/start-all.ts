/** Waits for servers that are starting. If one of them fails, none of the others is left. */
export async function startAll<T extends AsyncDisposable>(starting: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(starting);
  const started = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = results.find((one) => one.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map((one) => one[Symbol.asyncDispose]()));
  throw failed.reason;
}

/** Starts a server. If it fails, nothing of the server is left. */
export async function startOrDispose<T extends AsyncDisposable>(
  server: T,
  start: () => Promise<void>,
): Promise<T> {
  try {
    await start();
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}
