import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
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

const CIPHER = 'aes-256-gcm';
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/**
 * Tokens that only the server can read or make: version, random 96-bit IV, AES-256-GCM of the claims with version
 * and cookie name as additional data, tag, as base64url (NIST SP 800-38D).
 */
export function encryptedTokens(settings: TokenSettings): TokenCodec {
  const { version, identityLength } = settings;
  const keys = deriveKeys(settings);
  const binding = formatBinding(settings);
  const leastLength = 1 + IV_LENGTH + measureClaims(identityLength) + TAG_LENGTH;

  function decrypt(key: KeyObject, bytes: Buffer): Buffer | undefined {
    const iv = bytes.subarray(1, 1 + IV_LENGTH);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_LENGTH });
    decipher.setAAD(binding).setAuthTag(bytes.subarray(-TAG_LENGTH));
    const claims = decipher.update(bytes.subarray(1 + IV_LENGTH, -TAG_LENGTH));
    try {
      decipher.final();
      return claims;
    } catch {
      return undefined;
    }
  }

  return {
    seal(claims) {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv(CIPHER, keys[0]!, iv, { authTagLength: TAG_LENGTH });
      cipher.setAAD(binding);
      const sealed = [Buffer.of(version), iv, cipher.update(encodeClaims(claims)), cipher.final()];
      return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(text) {
      const bytes = decodeCanonical(text);
      if (bytes === undefined || bytes.length < leastLength || bytes[0] !== version) return undefined;
      for (let index = 0; index < keys.length; index++) {
        const claims = decrypt(keys[index]!, bytes);
        if (claims !== undefined) return decodeClaims(claims, identityLength, index > 0);
      }
      return undefined;
    },
  };
}
