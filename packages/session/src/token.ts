import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { FlatData } from './session-json';

/** The first byte of a token: what it is. Part of what is authenticated, and of the key's derivation. */
export const TOKEN_VERSION = { signed: 1, encrypted: 2, stored: 3 } as const;

/** What a token says. Times are whole seconds since 1970. */
export interface TokenClaims {
  /** When the session began; a re-issued token keeps it. */
  readonly createdAt: number;
  /** When this token was made. */
  readonly issuedAt: number;
  /** Random bytes: a nonce for a session that lives in the cookie, the raw id for one in a store. */
  readonly identity: Uint8Array;
  /** The session's JSON; empty when a store has it. */
  readonly payload: string;
}

/** The claims of a token that was found authentic. Nothing is said about its age. */
export interface OpenedToken extends TokenClaims {
  /** It was made with a key that is no longer the first: to be issued anew. */
  readonly isOldKey: boolean;
  /** What the payload holds, where that is flat, kept for the next request with the token; null where it is not. */
  values?: FlatData | null;
}

/** Makes and opens the tokens of one cookie name. */
export interface TokenCodec {
  seal(claims: TokenClaims): string;
  /** Undefined for everything that is not exactly what `seal` wrote with one of the keys. */
  open(text: string): OpenedToken | undefined;
}

const TIMES_LENGTH = 8;

/** One key a secret, for one purpose and one cookie name: HKDF-SHA-256 (RFC 5869). */
export function deriveKeys(secrets: readonly Uint8Array[], version: number, cookieName: string): KeyObject[] {
  const info = `sluice/session/${version}/${cookieName}`;
  return secrets.map((secret) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', info, 32))));
}

/** What is authenticated beside the token's own bytes. A cookie name is a token, so it can not hold the zero. */
export function formatBinding(version: number, cookieName: string): Buffer {
  return Buffer.from(`sluice/session/${version}/${cookieName}\0`);
}

/** The claims as bytes: two 32-bit times, the identity, the payload in UTF-8. */
export function encodeClaims({ createdAt, issuedAt, identity, payload }: TokenClaims): Buffer {
  const times = Buffer.allocUnsafe(TIMES_LENGTH);
  times.writeUInt32BE(createdAt, 0);
  times.writeUInt32BE(issuedAt, 4);
  return Buffer.concat([times, identity, Buffer.from(payload, 'utf8')]);
}

/** The reverse, for bytes that were found authentic and are long enough. */
export function decodeClaims(bytes: Buffer, identityLength: number, isOldKey: boolean): OpenedToken {
  const end = TIMES_LENGTH + identityLength;
  return {
    createdAt: bytes.readUInt32BE(0),
    issuedAt: bytes.readUInt32BE(4),
    // A copy of its own: a view would keep the whole token's memory for as long as the identity is held.
    identity: new Uint8Array(bytes.subarray(TIMES_LENGTH, end)),
    payload: bytes.toString('utf8', end),
    isOldKey,
  };
}

/** The fewest bytes that claims can have. */
export function measureClaims(identityLength: number): number {
  return TIMES_LENGTH + identityLength;
}

/**
 * Decodes base64url without padding. Node's decoder forgives much, and the last character can hold unused
 * bits: only the one text that `toString('base64url')` writes is taken (RFC 4648 §3.5).
 */
export function decodeCanonical(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
