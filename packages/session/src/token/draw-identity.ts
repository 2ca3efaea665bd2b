import { randomFillSync } from 'node:crypto';

/** So many random bytes are asked for at a time: a call costs more than the bytes. */
const POOL_BYTES = 4096;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** Draws random bytes for an identity, each only once. */
export function drawIdentity(length: number): Uint8Array {
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const drawn = new Uint8Array(pool.subarray(used, used + length));
  // These bytes are a secret now, which must not stay in memory for longer than its session.
  pool.fill(0, used, used + length);
  used += length;
  return drawn;
}
