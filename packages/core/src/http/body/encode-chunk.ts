/** Throws TypeError for a chunk of a stream that is neither text nor bytes. */
export function checkChunk(chunk: unknown): asserts chunk is string | Uint8Array {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return;
  throw new TypeError(
    `A stream gave a chunk of type ${typeof chunk}. A chunk must be a string or a Uint8Array.`,
  );
}

/** Encodes one chunk of a stream as bytes, text as UTF-8. Throws TypeError for other values. */
export function encodeChunk(chunk: unknown): Uint8Array {
  checkChunk(chunk);
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
