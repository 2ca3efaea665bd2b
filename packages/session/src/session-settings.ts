import type { CookieOptions } from '@sluice/core';
import { formatPlace } from './cookie-place';
import type { ResolvedSessionOptions, SessionSecret } from './session-options';
import { encryptedTokens } from './token/encrypted-token';
import { rememberTokens } from './token/remember-tokens';
import { signedTokens } from './token/signed-token';
import { TOKEN_VERSION, type TokenCodec } from './token/token';

/** Without Max-Age the browser decides when a cookie ends. The server ends it after this time, because it may be stolen. */
const LONGEST_WITHOUT_MAX_AGE = 14 * 24 * 60 * 60;

/** The values that one session middleware works with, computed once from its options. */
export interface SessionSettings {
  readonly cookieName: string;
  /** The attributes that set and clear the cookie, without Max-Age. */
  readonly cookie: CookieOptions;
  /** The same with the whole Max-Age, if there is one. */
  readonly datedCookie: CookieOptions;
  /** The place of the cookie, as its token names it. */
  readonly place: string | undefined;
  /** The Max-Age of the cookie in seconds; undefined for none. */
  readonly maxAge: number | undefined;
  /** Seconds after its issue at which a token expires on the server. */
  readonly lifetime: number;
  /** Seconds; Infinity for no timeout. */
  readonly idleTimeout: number;
  /** Seconds; Infinity for no timeout. */
  readonly absoluteTimeout: number;
  readonly rolling: boolean;
  /** Whether time alone can change a session, so that the clock is read even if the data has not changed. */
  readonly isTimed: boolean;
  /** Whether the cookie is set again although the session has not changed, and no store knows whether it has ended. */
  readonly isReissued: boolean;
  readonly maxCookieSize: number;
  /** The most bytes that the cookie can have: with a store it holds only an id. */
  readonly cookieBytes: number;
  /** Whether a handler can let caches store responses that set the cookie. */
  readonly keepCacheControl: boolean;
  /** Bytes of a token's identity. */
  readonly identityLength: number;
  readonly tokens: TokenCodec;
}

/** Computes the settings. */
export function makeSettings(options: ResolvedSessionOptions): SessionSettings {
  const { sessionCookie, path, domain, sameSite, httpsOnly, partitioned, maxAge, store } = options;
  const { idleTimeout = Infinity, absoluteTimeout = Infinity } = options;
  const longest = absoluteTimeout === Infinity ? LONGEST_WITHOUT_MAX_AGE : absoluteTimeout;
  const usual = { path, httpOnly: true, secure: httpsOnly, sameSite, partitioned };
  const cookie = Object.freeze(domain === undefined ? usual : { ...usual, domain });
  const maxAgeSent = maxAge === null || maxAge <= 0 ? undefined : maxAge;
  const identityLength = store === undefined ? 16 : 32;
  const place = formatPlace({ path, partitioned, ...(domain !== undefined && { domain }) });
  const tokens = makeTokens(options, identityLength);
  const empty = { createdAt: 0, issuedAt: 0, identity: new Uint8Array(identityLength), payload: '', place };
  const storedBytes = sessionCookie.length + 1 + tokens.seal(empty).length;
  return {
    cookieName: sessionCookie,
    cookie,
    datedCookie: maxAgeSent === undefined ? cookie : Object.freeze({ ...cookie, maxAge: maxAgeSent }),
    place,
    maxAge: maxAgeSent,
    lifetime: maxAge ?? longest,
    idleTimeout,
    absoluteTimeout,
    rolling: options.rolling,
    isTimed: options.rolling || idleTimeout !== Infinity || absoluteTimeout !== Infinity,
    isReissued: store === undefined && (options.rolling || idleTimeout !== Infinity),
    maxCookieSize: options.maxCookieSize,
    cookieBytes: store === undefined ? options.maxCookieSize : storedBytes,
    keepCacheControl: options.keepCacheControl,
    identityLength,
    tokens: rememberTokens(tokens),
  };
}

function makeTokens(options: ResolvedSessionOptions, identityLength: number): TokenCodec {
  const { encrypt, store, secretKey, sessionCookie: cookieName } = options;
  const shared = { cookieName, identityLength, secrets: listSecrets(secretKey!) };
  if (encrypt) return encryptedTokens({ ...shared, version: TOKEN_VERSION.encrypted });
  const version = store === undefined ? TOKEN_VERSION.signed : TOKEN_VERSION.stored;
  return signedTokens({ ...shared, version });
}

function listSecrets(secretKey: SessionSecret | readonly SessionSecret[]): Uint8Array[] {
  const secrets = typeof secretKey === 'string' || secretKey instanceof Uint8Array ? [secretKey] : secretKey;
  return secrets.map((secret) => Buffer.from(secret as string));
}
