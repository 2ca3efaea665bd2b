/**
 * Every header name and value passes through these checks before it is sent. µWebSockets writes bytes unchecked, so a
 * CR or LF would split the response (CWE-113).
 */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UNSAFE_VALUE = /[^\t\x20-\x7e]/;
// Names that have passed, up to a limit: the same few come with every response.
const KNOWN_NAMES = new Map<string, string>();
const MOST_KNOWN = 500;

/** Answers whether `text` is a token (RFC 9110 §5.6.2): a method, a header name, a cookie name. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Checks a header name and returns it in lower case.
 *
 * @throws TypeError when it is not a token (RFC 9110 §5.1)
 */
export function checkHeaderName(name: string): string {
  const known = KNOWN_NAMES.get(name);
  if (known !== undefined) return known;
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw new TypeError(
      `${JSON.stringify(name)} is not a header name: use only letters, digits and !#$%&'*+-.^_\`|~.`,
    );
  }
  const lower = name.toLowerCase();
  if (KNOWN_NAMES.size < MOST_KNOWN) KNOWN_NAMES.set(name, lower);
  return lower;
}

/** Up to this length a loop is faster than the regular expression. */
const SHORT_VALUE = 64;

function findUnsafe(text: string): number {
  if (text.length > SHORT_VALUE) return text.search(UNSAFE_VALUE);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code > 0x7e) return index;
  }
  return -1;
}

/**
 * Checks a header value: visible ASCII, space and tab (RFC 9110 §5.5). Other bytes are refused, because the engine
 * would send them as UTF-8 and the receiver would read them as latin1.
 *
 * @throws TypeError with the header and the position, never the value
 */
export function checkHeaderValue(name: string, value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') throw new TypeError(`The value of header ${name} must be a string.`);
  const unsafe = findUnsafe(text);
  if (unsafe === -1) return text;
  const character = text.charCodeAt(unsafe).toString(16).padStart(4, '0');
  throw new TypeError(
    `The value of header ${name} has U+${character} at position ${unsafe}: only visible ASCII, space and tab may be sent. Encode it first (RFC 8187, or encodeURIComponent).`,
  );
}
