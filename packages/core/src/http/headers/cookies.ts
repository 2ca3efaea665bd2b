import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';
import { findPrefixFault } from './find-prefix-fault';
import { isToken } from './header-check';

/** The attributes of a cookie (RFC 6265bis §4.1.2). */
export interface CookieOptions {
  /** Seconds until the browser drops the cookie; 0 drops it now. Default: until the browser closes. */
  readonly maxAge?: number;
  /** Default: none is sent, and the browser uses the folder of the request's path. */
  readonly path?: string;
  /** Default: none is sent, and the browser returns the cookie to this host only. */
  readonly domain?: string;
  /** Hides the cookie from scripts; default false. */
  readonly httpOnly?: boolean;
  /** Sends the cookie over HTTPS only; default false. */
  readonly secure?: boolean;
  /** Whether requests from other sites carry the cookie; default: none is sent. `none` needs `secure`. */
  readonly sameSite?: 'strict' | 'lax' | 'none';
  /** Keeps a separate cookie per top-level site (CHIPS); default false. Needs `secure`. */
  readonly partitioned?: boolean;
}

/** More than a browser sends to one host. Further cookies are not parsed, because an object of thousands of keys is slow. */
const MOST_COOKIES = 1000;

const EQUALS = 0x3d;

/**
 * Parses a Cookie header into an object without prototype (RFC 6265bis §5.7). If a name repeats, the first one counts,
 * malformed percent-encoding stays as it is, and a cookie without a name is ignored.
 */
export function parseCookies(header: string | undefined): Readonly<Record<string, string | undefined>> {
  if (header === undefined) return Object.create(null) as Record<string, string>;
  const cookies = parseCookie(boundCookies(header));
  delete cookies[''];
  return cookies;
}

/**
 * Every value of one name in a Cookie header, in order, not decoded, without its quotes. A signed cookie needs all of
 * them, because a sibling host can add one of the same name, and any number of others before it.
 */
export function parseCookieValues(header: string, name: string): string[] {
  const values: string[] = [];
  for (let start = 0, end = 0; end !== -1; start = end + 1) {
    end = header.indexOf(';', start);
    const stop = end === -1 ? header.length : end;
    const first = skipBlanks(header, start, stop);
    if (!header.startsWith(name, first)) continue;
    const equals = skipBlanks(header, first + name.length, stop);
    if (equals >= stop || header.charCodeAt(equals) !== EQUALS) continue;
    const value = sliceBare(header, equals + 1, stop);
    const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    values.push(isQuoted ? value.slice(1, -1) : value);
  }
  return values;
}

/**
 * Formats a Set-Cookie value.
 *
 * @throws TypeError when the name, the value or an attribute cannot be sent, or when the attributes contradict one
 * another: the rules of `__Host-` and `__Secure-`, SameSite=None or Partitioned without Secure
 */
export function formatSetCookie(name: string, value: string, options: CookieOptions = {}): string {
  if (!value.isWellFormed()) {
    checkCookie(name, options);
    throw new TypeError(`Cookie ${JSON.stringify(name)}: the value is not valid Unicode text.`);
  }
  return `${name}=${PLAIN_VALUE.test(value) ? value : encodeURIComponent(value)}${formatAttributes(name, options)}`;
}

/** The characters that percent-encoding leaves as they are. */
const PLAIN_VALUE = /^[\w.!~*'()-]*$/;

/** The attributes that each name had last, up to a limit: a program sets the same few cookies again and again. */
const LATEST = new Map<string, WrittenAttributes>();
const MOST_NAMES = 100;

interface WrittenAttributes {
  /** A copy of the attributes. */
  readonly options: CookieOptions;
  /** The attributes themselves, if they cannot change. */
  readonly given: CookieOptions | undefined;
  readonly text: string;
}

/** Checks the name and the attributes, and writes the attributes. */
function formatAttributes(name: string, options: CookieOptions): string {
  const latest = LATEST.get(name);
  if (latest !== undefined && (latest.given === options || isSame(latest.options, options)))
    return latest.text;
  checkCookie(name, options);
  const { maxAge, path, domain, httpOnly, secure, sameSite, partitioned } = options;
  const kept = { maxAge, path, domain, httpOnly, secure, sameSite, partitioned } as CookieOptions;
  const text = stringifySetCookie({ ...kept, name, value: '' } as SetCookie).slice(name.length + 1);
  if (latest !== undefined || LATEST.size < MOST_NAMES)
    LATEST.set(name, { options: kept, given: Object.isFrozen(options) ? options : undefined, text });
  return text;
}

function isSame(one: CookieOptions, other: CookieOptions): boolean {
  return (
    one.maxAge === other.maxAge &&
    one.path === other.path &&
    one.domain === other.domain &&
    one.httpOnly === other.httpOnly &&
    one.secure === other.secure &&
    one.sameSite === other.sameSite &&
    one.partitioned === other.partitioned
  );
}

function checkCookie(name: string, options: CookieOptions): void {
  const fault = findCookieFault(name, options);
  if (fault !== undefined) throw new TypeError(`Cookie ${JSON.stringify(name)}: ${fault}.`);
}

/** Finds the fault in the name and the attributes of a cookie (RFC 6265bis §4.1.3). */
export function findCookieFault(name: string, options: CookieOptions): string | undefined {
  const { maxAge, path, domain, secure, sameSite, partitioned } = options;
  if (!isToken(name))
    return "the name must have only letters, digits and !#$%&'*+-.^_`|~ (RFC 6265bis §4.1.1)";
  if (maxAge !== undefined && !Number.isInteger(maxAge)) return 'maxAge must be a whole number of seconds';
  if (path !== undefined && !/^\/[ -:<-~]*$/.test(path))
    return 'path must begin with / and contain only printable ASCII characters other than ;';
  if (domain !== undefined && !/^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(domain))
    return 'domain must be a host name';
  if (sameSite === 'none' && secure !== true) return 'SameSite=None needs Secure';
  if (partitioned === true && secure !== true) return 'Partitioned needs Secure';
  return findPrefixFault(name, options);
}

function boundCookies(header: string): string {
  let end = -1;
  for (let count = 0; count < MOST_COOKIES; count++) {
    end = header.indexOf(';', end + 1);
    if (end === -1) return header;
  }
  return header.slice(0, end);
}

/** Removes spaces and tabs at both ends. `trim` would also remove U+2000 and turn `\u2000__Host-x` into `__Host-x`. */
function sliceBare(text: string, start: number, end: number): string {
  const first = skipBlanks(text, start, end);
  let last = end;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return text.slice(first, last);
}

function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isBlank(text.charCodeAt(index))) index++;
  return index;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
