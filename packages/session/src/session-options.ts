import type { OnConflict } from './store/merge-gathered';
import type { UserOf } from './store/record-owners';
import type { SessionStore } from './store/session-store';

/** A secret of at least 32 bytes, as text or as bytes. */
export type SessionSecret = string | Uint8Array;

/** Options of `session`. */
export interface SessionOptions {
  /**
   * The secret, or a list: the first makes cookies and all of them open cookies. A new one is first added at the end, on
   * every instance, and then moved to the front.
   */
  readonly secretKey: SessionSecret | readonly SessionSecret[] | undefined;
  /** The cookie's name. Default: `session`. */
  readonly sessionCookie?: string;
  /**
   * Seconds that a session lives after its last change, or with `rolling` after its last use. The server checks them too.
   * null: until the browser closes, at most 14 days. 0 or -1: the session ends with its response. Default: 1209600, 14 days.
   */
  readonly maxAge?: number | null;
  /** The path under which the browser sends the cookie. Default: `/`. */
  readonly path?: string;
  /** A host whose subdomains receive the cookie too. Default: none, only the host that sets the cookie receives it. */
  readonly domain?: string;
  /** Whether the browser sends the cookie with requests from other sites. Default: `lax`, only when a link is followed. */
  readonly sameSite?: 'strict' | 'lax' | 'none';
  /** Whether the cookie is sent over HTTPS only (Secure). Default: false. */
  readonly httpsOnly?: boolean;
  /** Whether each top-level site has a cookie of its own (CHIPS); needs `httpsOnly`. Default: false. */
  readonly partitioned?: boolean;
  /** Whether the data is hidden from the browser, by AES-256-GCM instead of a signature. Default: false. */
  readonly encrypt?: boolean;
  /**
   * Whether every response whose request read the session sets the cookie again. Without a store, that can bring back a
   * session that another request ends at the same time. Default: false.
   */
  readonly rolling?: boolean;
  /** Seconds without use after which a session ends. To record the use sets the cookie again, as `rolling` does. Default: none. */
  readonly idleTimeout?: number;
  /** Seconds after which a session ends, even if it is in use. Default: none. */
  readonly absoluteTimeout?: number;
  /** The limit for the cookie's name and value together, in bytes: 256 to 4096. Default: 3072. */
  readonly maxCookieSize?: number;
  /**
   * Whether a `Cache-Control` of the handler stays on a response that sets the cookie even if it lets shared caches store
   * it, and so give one user's session to others. Default: false, such a response gets `no-store`.
   */
  readonly keepCacheControl?: boolean;
  /** The store that keeps the data; the cookie then holds only an id. Default: none, the cookie holds the data. */
  readonly store?: SessionStore;
  /**
   * Seconds for which requests with the old id keep the session after `regenerateSession`, as it was before: 0 to 60. What
   * they change is kept; what was added since, such as a user, they do not see. Only with a store. Default: 10.
   */
  readonly regenerateGrace?: number;
  /**
   * The answer to a request that changes a top-level key which another request has changed since this one read the
   * session: `refuse` answers 503, so that no change is lost; `overwrite` keeps the later one. Only with a store.
   * Default: `refuse`.
   */
  readonly onConflict?: OnConflict;
  /** Names the user of a session, so that `endSessionsOf` can end all sessions of a user. Only with a store. Default: none. */
  readonly userOf?: UserOf;
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
  keepCacheControl: false,
  regenerateGrace: 10,
  onConflict: 'refuse',
} as const;

/** The options with their defaults. The timeouts, the domain and the store have none. */
export type ResolvedSessionOptions = SessionOptions & Required<Pick<SessionOptions, keyof typeof DEFAULTS>>;

/** Fills in the defaults; undefined counts as not given. */
export function resolveOptions(options: SessionOptions): ResolvedSessionOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) } as ResolvedSessionOptions;
}
