import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The bytes of SHA-256, and of the secret. */
const LENGTH = 32;
/** Twice the bytes as base64url: the mask, and the masked digest. */
const TOKEN = /^[\w-]{86}$/;

/** Makes a secret. */
export function makeSecret(): string {
  return randomBytes(LENGTH).toString('base64url');
}

/** Binds a secret to a session: a new id, as after a log-in, makes all earlier tokens invalid. */
export function bindSecret(secret: string, sessionId: string): Buffer {
  return createHmac('sha256', secret).update(sessionId).digest();
}

/** Masks a digest with random bytes, so that no two responses have the same text (BREACH, CVE-2013-3587). */
export function maskDigest(digest: Uint8Array): string {
  const mask = randomBytes(LENGTH);
  return Buffer.concat([mask, xor(mask, digest)]).toString('base64url');
}

/** Answers whether a text is a masked form of the digest. The time does not depend on the difference. */
export function isMaskedDigest(text: string, digest: Uint8Array): boolean {
  if (!TOKEN.test(text)) return false;
  const bytes = Buffer.from(text, 'base64url');
  return timingSafeEqual(xor(bytes.subarray(0, LENGTH), bytes.subarray(LENGTH)), digest);
}

function xor(mask: Uint8Array, bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ mask[index]!));
}
