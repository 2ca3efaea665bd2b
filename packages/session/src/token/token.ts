import { createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';
import type { FlatData } from '../data/flat-data';

/** The first byte of a token, its kind. The MAC covers it and the keys are derived from it, so kinds never mix. */
export const TOKEN_VERSION = { signed: 1, encrypted: 2, stored: 3 } as const;

/** The content of a token. Times are whole seconds since 1970. */
export interface TokenClaims {
  /** The start of the session. A new token of the same session keeps it. */
  readonly createdAt: number;
  /** The time at which this token was made. */
  readonly issuedAt: number;
  /** Random bytes. For a session in a store they are its secret id, otherwise only a nonce. */
  readonly identity: Uint8Array;
  /** The session's JSON; empty if a store keeps it. */
  readonly payload: string;
  /** The place of the cookie that holds the token, as `formatPlace` writes it; undefined for the usual one. */
  readonly place?: string | undefined;
}

/** The claims of an authentic token. Its age has not been checked. */
export interface OpenedToken extends TokenClaims {
  /** Whether it was made with a key that is no longer the first, and has to be issued again. */
  readonly isOldKey: boolean;
  /** The parsed payload, kept for the next request with this token: null if it is nested, undefined before the first. */
  flat?: FlatData | null;
}

/** Makes and opens the tokens of one cookie. */
export interface TokenCodec {
  seal(claims: TokenClaims): string;
  /** Returns undefined for everything but the exact text that `seal` wrote with one of the keys. */
  open(text: string): OpenedToken | undefined;
}

/** The settings of a codec. */
export interface TokenSettings {
  readonly version: number;
  readonly cookieName: string;
  readonly identityLength: number;
  /** The first secret makes tokens; all of them open tokens. */
  readonly secrets: readonly Uint8Array[];
}

const TIMES_LENGTH = 8;
const ZERO = '\0';

/** Derives one key from each secret, for one kind of token and one cookie name: HKDF-SHA-256 (RFC 5869). */
export function deriveKeys({ secrets, version, cookieName }: TokenSettings): KeyObject[] {
  const info = `sluice/session/${version}/${cookieName}`;
  return secrets.map((secret) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', info, 32))));
}

/** The bytes that are authenticated besides the token's own. The zero ends the name, which cannot contain one. */
export function formatBinding({ version, cookieName }: TokenSettings): Buffer {
  return Buffer.from(`sluice/session/${version}/${cookieName}\0`);
}

/**
 * Encodes the claims: two 32-bit times, the identity, the place between two zeros if it is not the usual one, the payload
 * in UTF-8.
 *
 * @param before so many bytes in front of them are left free, and `after` behind them
 */
export function encodeClaims(
  { createdAt, issuedAt, identity, payload, place }: TokenClaims,
  before = 0,
  after = 0,
): Buffer {
  const isPlain = place === undefined && !payload.startsWith(ZERO);
  const text = isPlain ? payload : ZERO + (place ?? '') + ZERO + payload;
  const start = before + TIMES_LENGTH + identity.length;
  const bytes = Buffer.allocUnsafe(start + Buffer.byteLength(text) + after);
  bytes.writeUInt32BE(createdAt, before);
  bytes.writeUInt32BE(issuedAt, before + 4);
  bytes.set(identity, before + TIMES_LENGTH);
  bytes.write(text, start);
  return bytes;
}

/** Decodes claims from bytes that are authentic, and so at least `measureClaims` long. */
export function decodeClaims(bytes: Buffer, identityLength: number, isOldKey: boolean): OpenedToken {
  const end = TIMES_LENGTH + identityLength;
  const text = bytes.toString('utf8', end);
  const placeEnd = text.startsWith(ZERO) ? text.indexOf(ZERO, 1) : 0;
  return {
    createdAt: bytes.readUInt32BE(0),
    issuedAt: bytes.readUInt32BE(4),
    // A copy: a view would keep the whole token in memory for as long as the identity is held.
    identity: new Uint8Array(bytes.subarray(TIMES_LENGTH, end)),
    payload: placeEnd === 0 ? text : text.slice(placeEnd + 1),
    place: placeEnd > 1 ? text.slice(1, placeEnd) : undefined,
    isOldKey,
  };
}

/** The length of claims with an empty payload, in bytes. */
export function measureClaims(identityLength: number): number {
  return TIMES_LENGTH + identityLength;
}

/**
 * Decodes base64url without padding, and only the exact text that `toString('base64url')` writes: Node's decoder
 * also accepts other spellings of the same bytes (RFC 4648 §3.5).
 */
export function decodeCanonical(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Hashes an identity. The hash is not a secret: it is the session's id in logs, and the key of its record in a store. */
export function hashIdentity(identity: Uint8Array): string {
  return hash('sha256', identity, 'base64url');
}

/** Reads the clock in the unit of tokens: whole seconds since 1970. */
export function readSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
