import type { MaybePromise } from '../maybe-promise';

/** Bytes that are there, or will be, as a stream of one chunk. */
export async function* streamBytes(bytes: MaybePromise<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  yield await bytes;
  return undefined;
}
