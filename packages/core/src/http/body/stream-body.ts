import type { Readable } from 'node:stream';
import type { MaybePromise } from '../maybe-promise';

/** What can be streamed as a body. Chunks are bytes or text (sent as UTF-8). */
export type StreamSource =
  AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array | string> | Readable;

/** The chunks of a source, pulled one at a time. */
export interface ChunkReader extends AsyncIterableIterator<Uint8Array | string> {
  /** Stops the source at once, also while a chunk is awaited: destroys a Readable, cancels a ReadableStream. Never rejects. */
  return(): Promise<IteratorReturnResult<undefined>>;
}

/** Answers whether `value` can be streamed. */
export function isStreamSource(value: unknown): value is StreamSource {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || isWebStream(value);
}

/** Opens any source for reading, one way for them all. A source can be opened once. */
export function readChunks(source: StreamSource): ChunkReader {
  if (isWebStream(source)) {
    const reader = source.getReader();
    return makeReader(
      () => reader.read() as Promise<IteratorResult<Uint8Array | string>>,
      () => reader.cancel(),
    );
  }
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>;
  const stop = isReadable(source) ? () => source.destroy() : () => iterator.return?.();
  return makeReader(() => iterator.next(), stop);
}

/** Bytes that are there, or will be, as a stream of one chunk. */
export async function* streamBytes(bytes: MaybePromise<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  yield await bytes;
  return undefined;
}

/** Stops a source that nobody will read. Never throws: a source somebody else has opened is theirs to stop. */
export function stopSource(source: StreamSource): void {
  try {
    void readChunks(source).return();
  } catch {
    // Locked by its reader.
  }
}

/**
 * Keeps the failure of a source that is not read yet (a file that is not there) for its reader: a Readable without
 * a listener would end the process.
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
        // Nobody is left to be told: the reader has gone.
      }
      return { done: true, value: undefined };
    },
  };
  return reader;
}

/** By what it can do, so that `node:stream` is loaded only where something streams. */
function isReadable(value: unknown): value is Readable {
  const { pipe, destroy, listenerCount } = (value ?? {}) as Partial<Readable>;
  return typeof pipe === 'function' && typeof destroy === 'function' && typeof listenerCount === 'function';
}

function isWebStream(value: object): value is ReadableStream<Uint8Array | string> {
  return 'getReader' in value && typeof value.getReader === 'function';
}
