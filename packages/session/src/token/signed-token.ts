import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import {
  decodeCanonical,
  decodeClaims,
  deriveKeys,
  encodeClaims,
  formatBinding,
  measureClaims,
  type TokenCodec,
  type TokenSettings,
} from './token';

const MAC_LENGTH = 32;

/**
 * Tokens that everyone can read and only the server can make: version, claims, and HMAC-SHA-256 over version,
 * cookie name and claims, as base64url.
 */
export function signedTokens(settings: TokenSettings): TokenCodec {
  const { version, identityLength } = settings;
  const keys = deriveKeys(settings);
  const binding = formatBinding(settings);
  const leastLength = 1 + measureClaims(identityLength) + MAC_LENGTH;

  function computeMac(key: KeyObject, claims: Buffer): Buffer {
    return createHmac('sha256', key).update(binding).update(claims).digest();
  }

  return {
    seal(claims) {
      const bytes = encodeClaims(claims);
      return Buffer.concat([Buffer.of(version), bytes, computeMac(keys[0]!, bytes)]).toString('base64url');
    },
    open(text) {
      const bytes = decodeCanonical(text);
      if (bytes === undefined || bytes.length < leastLength || bytes[0] !== version) return undefined;
      const claims = bytes.subarray(1, -MAC_LENGTH);
      const mac = bytes.subarray(-MAC_LENGTH);
      const index = keys.findIndex((key) => timingSafeEqual(computeMac(key, claims), mac));
      return index === -1 ? undefined : decodeClaims(claims, identityLength, index > 0);
    },
  };
}
