import type { Readable } from 'node:stream';

/** What can be streamed as a body. Chunks are bytes or text (sent as UTF-8). */
export type StreamSource =
  AsyncIterable<Uint8Array | string> | ReadableStream<Uint8Array | string> | Readable;

/** Answers whether `value` can be streamed. */
export function isStreamSource(value: unknown): value is StreamSource {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || ('getReader' in value && typeof value.getReader === 'function');
}

/** The chunks of any source, one way to read them all; `return()` destroys a Readable and cancels a ReadableStream. */
export function readChunks(source: StreamSource): AsyncIterator<Uint8Array | string> {
  if (Symbol.asyncIterator in source)
    return source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>;
  return readWebStream(source)[Symbol.asyncIterator]();
}

/** For web streams of another realm or polyfill that are not iterable. */
async function* readWebStream(
  source: ReadableStream<Uint8Array | string>,
): AsyncGenerator<Uint8Array | string> {
  const reader = source.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
