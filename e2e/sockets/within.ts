/** Far above the usual wait, since others may be using the machine, and less than the time that jest gives a test. */
export const LONGEST_WAIT_MS = 45_000;
/** An old worker keeps its connections for 11 seconds, and the workers of a program are replaced one after the other. */
export const REPLACEMENT_MS = 120_000;

/**
 * Waits for a promise. Rejects if it takes longer, with what has happened meanwhile, such as the output of a program: the
 * error of jest would not have it.
 */
export async function within<T>(
  running: Promise<T>,
  describe: () => string,
  mostMs = LONGEST_WAIT_MS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It takes longer than ${mostMs} ms. ${describe()}`)), mostMs);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
