import { refuseStalled } from './form-refusals';

/** The chunks of a source, each within the time (milliseconds); rejects with HttpError 408 where one does not come. */
export async function* readInTime(
  source: AsyncIterator<Uint8Array, undefined>,
  timeoutMs: number,
): AsyncGenerator<Uint8Array, undefined> {
  try {
    for (;;) {
      const { done, value } = await within(source.next(), timeoutMs);
      if (done) return undefined;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refuseStalled()), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
