import type { CookieOptions } from '@sluice/core';
import { encryptedTokens } from './encrypted-token';
import type { SessionSecret, SettledOptions } from './session-options';
import { guardStore, type SessionStore } from './session-store';
import { signedTokens } from './signed-token';
import { TOKEN_VERSION, type OpenedToken, type TokenCodec } from './token';
import { rememberTokens } from './verified-tokens';

/** A cookie that goes with the browser window must not be good for ever when it was stolen. */
const LONGEST_WITHOUT_MAX_AGE = 14 * 24 * 60 * 60;
/** A server whose clock is behind may see what another one made a little in the future. */
const CLOCK_DIFFERENCE = 60;

/** What one session middleware works with, settled once at start-up. */
export interface SessionSettings {
  readonly cookieName: string;
  /** What the cookie is set and deleted with; Max-Age apart. */
  readonly cookie: CookieOptions;
  /** The Max-Age in seconds; undefined for none. */
  readonly maxAge: number | undefined;
  /** Seconds after its issue at which the server refuses a token. */
  readonly lifetime: number;
  readonly idleTimeout: number;
  readonly absoluteTimeout: number;
  readonly rolling: boolean;
  /** What becomes of an unchanged session depends on the time. */
  readonly isTimed: boolean;
  readonly maxCookieSize: number;
  readonly identityLength: number;
  readonly tokens: TokenCodec;
  readonly store: SessionStore | undefined;
}

/** Turns the options into what runs. */
export function settleSession(options: SettledOptions): SessionSettings {
  const { sessionCookie, path, domain, sameSite, httpsOnly, partitioned, maxAge, store } = options;
  const { idleTimeout = Infinity, absoluteTimeout = Infinity } = options;
  const longest = absoluteTimeout === Infinity ? LONGEST_WITHOUT_MAX_AGE : absoluteTimeout;
  const cookie = { path, httpOnly: true, secure: httpsOnly, sameSite, partitioned };
  const identityLength = store === undefined ? 16 : 32;
  return {
    cookieName: sessionCookie,
    cookie: domain === undefined ? cookie : { ...cookie, domain },
    maxAge: maxAge === null || maxAge <= 0 ? undefined : maxAge,
    lifetime: maxAge ?? longest,
    idleTimeout,
    absoluteTimeout,
    rolling: options.rolling,
    isTimed: options.rolling || idleTimeout !== Infinity || absoluteTimeout !== Infinity,
    maxCookieSize: options.maxCookieSize,
    identityLength,
    tokens: rememberTokens(makeTokens(options, identityLength)),
    store: store && guardStore(store),
  };
}

function makeTokens(options: SettledOptions, identityLength: number): TokenCodec {
  const { encrypt, store, secretKey, sessionCookie: cookieName } = options;
  const secrets = listSecrets(secretKey!);
  if (encrypt)
    return encryptedTokens({ version: TOKEN_VERSION.encrypted, cookieName, identityLength, secrets });
  const version = store === undefined ? TOKEN_VERSION.signed : TOKEN_VERSION.stored;
  return signedTokens({ version, cookieName, identityLength, secrets });
}

function listSecrets(secretKey: SessionSecret | readonly SessionSecret[]): Uint8Array[] {
  const secrets = typeof secretKey === 'string' || secretKey instanceof Uint8Array ? [secretKey] : secretKey;
  return secrets.map((secret) => Buffer.from(secret as string));
}

/** The time as tokens count it: whole seconds since 1970. */
export function readSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Opens a cookie's value; undefined when it is not authentic or its time is up at `now`. */
export function openCookie(settings: SessionSettings, text: string, now: number): OpenedToken | undefined {
  const opened = settings.tokens.open(text);
  if (opened === undefined) return undefined;
  const { createdAt, issuedAt } = opened;
  if (issuedAt > now + CLOCK_DIFFERENCE) return undefined;
  if (now >= issuedAt + Math.min(settings.lifetime, settings.idleTimeout)) return undefined;
  return now >= createdAt + settings.absoluteTimeout ? undefined : opened;
}
