import { hash } from 'node:crypto';

/** The bytes that SHA-256 takes at a time. */
const BLOCK = 64;
export const MAC_LENGTH = 32;
/** A browser keeps no longer cookie; a longer message gets memory of its own. */
const USUAL_LENGTH = 4096;

/**
 * Makes the function that computes HMAC-SHA-256 (RFC 2104) over `start` and a message, and writes it into `target`.
 *
 * It consists of two hashes, each in one call: an Hmac of Node is an object of its own for each message, which takes
 * several times as long as the hashing.
 *
 * @param key at most 64 bytes; a longer one would have to be hashed first
 */
export function makeHmac(
  key: Uint8Array,
  start: Uint8Array,
): (message: Uint8Array, target: Buffer, at: number) => void {
  const inner = Buffer.alloc(BLOCK + start.length + USUAL_LENGTH);
  const outer = Buffer.alloc(BLOCK + MAC_LENGTH);
  pad(key, 0x36, inner);
  pad(key, 0x5c, outer);
  inner.set(start, BLOCK);
  const first = BLOCK + start.length;

  function fill(message: Uint8Array): Uint8Array {
    if (message.length > USUAL_LENGTH) return Buffer.concat([inner.subarray(0, first), message]);
    inner.set(message, first);
    return inner.subarray(0, first + message.length);
  }

  return (message, target, at) => {
    outer.write(hash('sha256', fill(message), 'hex'), BLOCK, 'hex');
    target.write(hash('sha256', outer, 'hex'), at, 'hex');
  };
}

function pad(key: Uint8Array, byte: number, target: Buffer): void {
  if (key.length > BLOCK) throw new RangeError('The key of an HMAC must have at most 64 bytes here.');
  target.fill(byte, 0, BLOCK);
  for (const [index, octet] of key.entries()) target[index] = octet ^ byte;
}
