import type { Readable } from 'node:stream';
import type { MaybePromise } from '../maybe-promise';

/** A source that can be streamed as a body. Its chunks are bytes or text (sent as UTF-8). */
export type StreamSource =
  AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array | string> | Readable;

/** The chunks of a source, pulled one at a time. */
export interface ChunkReader extends AsyncIterableIterator<Uint8Array | string> {
  /**
   * Stops the source, also while a chunk is awaited: destroys a Readable, cancels a ReadableStream. Resolves when it has
   * ended: a generator ends only after the `await` that it is in. Never rejects.
   */
  return(): Promise<IteratorReturnResult<undefined>>;
}

/** Answers whether `value` can be streamed. */
export function isStreamSource(value: unknown): value is StreamSource {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || isWebStream(value);
}

/** Opens any kind of source for reading. A source can be opened only once. */
export function readChunks(source: StreamSource): ChunkReader {
  if (isWebStream(source)) {
    const reader = source.getReader();
    return makeReader(
      () => reader.read() as Promise<IteratorResult<Uint8Array | string>>,
      () => reader.cancel(),
    );
  }
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>;
  const stop = isReadable(source) ? () => destroy(source) : () => iterator.return?.();
  return makeReader(() => iterator.next(), stop);
}

/** Makes a stream of one chunk. */
export async function* streamBytes(bytes: MaybePromise<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  yield await bytes;
  return undefined;
}

/** Stops a source that will not be read. Never throws: if other code has opened the source, that code stops it. */
export function stopSource(source: StreamSource): void {
  try {
    void readChunks(source).return();
  } catch {
    // Other code has locked it.
  }
}

/**
 * Keeps the error of a source, such as a missing file, until the source is read: a Readable that fails without a
 * listener ends the process.
 */
export function holdFailure(source: unknown): void {
  if (isReadable(source) && source.listenerCount('error') === 0) source.on('error', () => undefined);
}

function makeReader(
  next: () => Promise<IteratorResult<Uint8Array | string>>,
  stop: () => unknown,
): ChunkReader {
  const reader: ChunkReader = {
    next,
    [Symbol.asyncIterator]: () => reader,
    async return() {
      try {
        await stop();
      } catch {
        // The reader has left, so there is nothing to report it to.
      }
      return { done: true, value: undefined };
    },
  };
  return reader;
}

/** Waits for `close` only where it will come: older implementations have no `closed`, and need not emit it. */
function destroy(source: Readable): Promise<unknown> | undefined {
  source.destroy();
  if ((source.closed as boolean | undefined) !== false) return undefined;
  return new Promise((resolve) => source.once('close', resolve));
}

/** Checks for the methods, because `instanceof` would load `node:stream` in applications that never stream. */
function isReadable(value: unknown): value is Readable {
  const { pipe, destroy, listenerCount } = (value ?? {}) as Partial<Readable>;
  return typeof pipe === 'function' && typeof destroy === 'function' && typeof listenerCount === 'function';
}

function isWebStream(value: object): value is ReadableStream<Uint8Array | string> {
  return 'getReader' in value && typeof value.getReader === 'function';
}
