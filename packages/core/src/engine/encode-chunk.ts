/** One chunk of a stream as bytes, text as UTF-8. Throws TypeError for what can not be sent. */
export function encodeChunk(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`A stream gave a chunk of type ${typeof chunk}: chunks are text or Uint8Array.`);
}
