/** A timer that is longer than that ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Answers whether a promise resolves before a time, as that of `Date.now()`. Rejects if the promise does so before it.
 */
export async function isInTime(running: PromiseLike<unknown>, at: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    const leftMs = Math.max(0, at - Date.now());
    timer = setTimeout(() => resolve(false), Math.min(leftMs, LONGEST_TIMER_MS));
  });
  try {
    return await Promise.race([Promise.resolve(running).then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
