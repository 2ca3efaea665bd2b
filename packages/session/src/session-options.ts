import type { SessionStore } from './session-store';

/** A secret: text or bytes, at least 32 bytes. */
export type SessionSecret = string | Uint8Array;

/** The options of `session`. */
export interface SessionOptions {
  /** At least 32 bytes each. Of a list the first makes cookies and all are accepted: put a new one in front. */
  readonly secretKey: SessionSecret | readonly SessionSecret[] | undefined;
  /** The cookie's name. Default `session`. */
  readonly sessionCookie?: string;
  /**
   * Seconds a session lives after its last change (or, with `rolling`, its last use); the server checks it too.
   * null: until the browser closes, 14 days at most. 0 or -1: no session outlives its response. Default 1209600, 14 days.
   */
  readonly maxAge?: number | null;
  /** The path below which the browser sends the cookie. Default `/`. */
  readonly path?: string;
  /** The host whose subdomains get the cookie too. Default: this host and no other. */
  readonly domain?: string;
  /** Whether the cookie comes along when other sites link or post here. Default `lax`. */
  readonly sameSite?: 'strict' | 'lax' | 'none';
  /** Send the cookie over HTTPS only (Secure). Default false. */
  readonly httpsOnly?: boolean;
  /** One cookie a top-level site (CHIPS); needs `httpsOnly`. Default false. */
  readonly partitioned?: boolean;
  /** Hide the data from the browser: AES-256-GCM in place of a signature. Default false. */
  readonly encrypt?: boolean;
  /** Issue the cookie anew with every response whose request read the session. Default false. */
  readonly rolling?: boolean;
  /** Seconds without use after which a session ends. Default: none. */
  readonly idleTimeout?: number;
  /** Seconds after which a session ends however much it is used. Default: none. */
  readonly absoluteTimeout?: number;
  /** The most bytes that the cookie's name and value may have, 256 to 4096. Default 3072. */
  readonly maxCookieSize?: number;
  /** Where the data is kept in place of the cookie, which then holds an id only. */
  readonly store?: SessionStore;
}

const DEFAULTS = {
  sessionCookie: 'session',
  maxAge: 14 * 24 * 60 * 60,
  path: '/',
  sameSite: 'lax',
  httpsOnly: false,
  partitioned: false,
  encrypt: false,
  rolling: false,
  maxCookieSize: 3072,
} as const;

/** The options with their defaults; timeouts, domain and store have none. */
export type SettledOptions = SessionOptions & Required<Pick<SessionOptions, keyof typeof DEFAULTS>>;

/** Fills in the defaults; undefined counts as not given. */
export function settleOptions(options: SessionOptions): SettledOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) } as SettledOptions;
}
