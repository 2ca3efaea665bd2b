/** Encodes one chunk of a stream as bytes, text as UTF-8. Throws TypeError for other values. */
export function encodeChunk(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(
    `A stream gave a chunk of type ${typeof chunk}. A chunk must be a string or a Uint8Array.`,
  );
}
