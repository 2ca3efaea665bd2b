import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import {
  decodeCanonical,
  decodeClaims,
  deriveKeys,
  encodeClaims,
  formatBinding,
  measureClaims,
  type TokenCodec,
} from './token';

const MAC_LENGTH = 32;

/** What the tokens of one cookie are made with. */
export interface TokenSettings {
  readonly version: number;
  readonly cookieName: string;
  readonly identityLength: number;
  /** The first makes tokens, all open them. */
  readonly secrets: readonly Uint8Array[];
}

/**
 * Tokens that anybody can read and nobody can change: version, claims, HMAC-SHA-256 over version, cookie name
 * and claims; as base64url.
 */
export function signedTokens({ version, cookieName, identityLength, secrets }: TokenSettings): TokenCodec {
  const keys = deriveKeys(secrets, version, cookieName);
  const binding = formatBinding(version, cookieName);
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
