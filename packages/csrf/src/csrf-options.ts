import { checkOptions, isToken, type OptionRule } from '@sluice/core/kit';

/** Options of the token for clients that send neither Sec-Fetch-Site nor Origin. */
export interface CsrfTokenOptions {
  /** The request header that may have it. Default: `X-CSRF-Token`. */
  readonly headerName?: string;
  /** The field of a URL-encoded form that may have it. Default: `_csrf`. */
  readonly fieldName?: string;
  /** The session that keeps the secret, by its cookie. Default: the innermost one. */
  readonly sessionCookie?: string;
}

/** Options of `csrf`. */
export interface CsrfOptions {
  /** Other origins whose pages may send any request: `https://app.example`. Default: none. */
  readonly trustedOrigins?: readonly string[];
  /** Whether a request without Sec-Fetch-Site and Origin needs a token of its session. Default: false. */
  readonly token?: boolean | CsrfTokenOptions;
}

/** The options with their defaults; `token` is undefined if there is none. */
export interface ResolvedCsrfOptions {
  readonly trustedOrigins: readonly string[];
  readonly token: ResolvedTokenOptions | undefined;
}

/** The options of the token with their defaults. */
export interface ResolvedTokenOptions {
  readonly headerName: string;
  readonly fieldName: string;
  readonly sessionCookie: string | undefined;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws ConfigurationError that lists every problem
 */
export function resolveOptions(options: CsrfOptions): ResolvedCsrfOptions {
  checkOptions('csrf', options, {
    trustedOrigins: findOriginsFault,
    token: (value) =>
      typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
        ? undefined
        : 'must be true, false or an object',
  });
  const { trustedOrigins = [], token = false } = options;
  return Object.freeze({
    trustedOrigins: Object.freeze([...trustedOrigins]),
    token: token === false ? undefined : resolveToken(token === true ? {} : token),
  });
}

function resolveToken(options: CsrfTokenOptions): ResolvedTokenOptions {
  const rules = {
    headerName: isTokenOption('the name of a header'),
    fieldName: (value: unknown) =>
      typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
        ? undefined
        : 'must be 1 to 64 letters, digits, and . _ -',
    sessionCookie: isTokenOption('the name of a cookie'),
  };
  checkOptions('csrf', options, rules, 'csrf(), token');
  const { headerName = 'X-CSRF-Token', fieldName = '_csrf', sessionCookie } = options;
  return Object.freeze({ headerName, fieldName, sessionCookie });
}

function isTokenOption(what: string): OptionRule {
  return (value) => (typeof value === 'string' && isToken(value) ? undefined : `must be ${what}`);
}

const findOriginsFault: OptionRule = (value) => {
  if (!Array.isArray(value)) return 'must be a list of origins';
  return (value as readonly unknown[]).map(findOriginFault).find((fault) => fault !== undefined);
};

/** The form of an origin, of which only http and https have one that URL parsers agree on. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s\\*]+$/;

function findOriginFault(origin: unknown): string | undefined {
  const quoted = JSON.stringify(origin);
  if (typeof origin !== 'string' || !ORIGIN.test(origin) || !URL.canParse(origin))
    return `must not contain ${quoted}; an origin is scheme://host[:port], as in 'https://app.example'`;
  const url = new URL(origin);
  const sent = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  return sent === origin
    ? undefined
    : `must not contain ${quoted}; browsers send ${JSON.stringify(sent)}, and every byte is compared`;
}
