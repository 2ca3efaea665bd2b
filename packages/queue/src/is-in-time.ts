/** Answers whether a promise resolves before a time, as that of `Date.now()`. */
export async function isInTime(running: Promise<void>, at: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, at - Date.now()));
  });
  try {
    // A connection that closes meanwhile rejects: then it is not done either.
    const done = running.then(
      () => true,
      () => false,
    );
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
