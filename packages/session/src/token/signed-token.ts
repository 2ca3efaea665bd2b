import { timingSafeEqual } from 'node:crypto';
import { MAC_LENGTH, makeHmac } from './hmac';
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

/**
 * Tokens that everyone can read and only the server can make: version, claims, and HMAC-SHA-256 over version,
 * cookie name and claims, as base64url.
 */
export function signedTokens(settings: TokenSettings): TokenCodec {
  const { version, identityLength } = settings;
  const binding = formatBinding(settings);
  const macs = deriveKeys(settings).map((key) => makeHmac(key.export(), binding));
  const leastLength = 1 + measureClaims(identityLength) + MAC_LENGTH;
  const expected = Buffer.alloc(MAC_LENGTH);

  return {
    seal(claims) {
      const bytes = encodeClaims(claims, 1, MAC_LENGTH);
      bytes[0] = version;
      macs[0]!(bytes.subarray(1, -MAC_LENGTH), bytes, bytes.length - MAC_LENGTH);
      return bytes.toString('base64url');
    },
    open(text) {
      const bytes = decodeCanonical(text);
      if (bytes === undefined || bytes.length < leastLength || bytes[0] !== version) return undefined;
      const claims = bytes.subarray(1, -MAC_LENGTH);
      const mac = bytes.subarray(-MAC_LENGTH);
      const index = macs.findIndex((computeMac) => {
        computeMac(claims, expected, 0);
        return timingSafeEqual(expected, mac);
      });
      return index === -1 ? undefined : decodeClaims(claims, identityLength, index > 0);
    },
  };
}
