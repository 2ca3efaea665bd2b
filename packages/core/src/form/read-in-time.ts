import { refuseStalled } from './form-refusals';

/** Yields the chunks of a source. Rejects with HttpError 408 if one takes longer than `timeoutMs`. */
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
