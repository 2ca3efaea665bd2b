/** The text in the place of a secret. */
export const REDACTED = '[redacted]';

/** Headers whose values let somebody act as the user. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
]);

/** Answers whether the value of a header is never logged. The name is in lower case. */
export function isSecretHeader(lowerName: string, more: ReadonlySet<string>): boolean {
  return SECRET_HEADERS.has(lowerName) || more.has(lowerName);
}

/** Replaces the values of secret keys in a raw query, and changes nothing else. The keys are in lower case. */
export function redactQuery(query: string, keys: ReadonlySet<string>): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at !== -1 && keys.has(readKey(pair.slice(0, at))) ? `${pair.slice(0, at)}=${REDACTED}` : pair;
    })
    .join('&');
}

/** The key as a program reads it: decoded, without the brackets of nested keys, in lower case. */
function readKey(raw: string): string {
  let key = raw.replaceAll('+', ' ');
  try {
    key = decodeURIComponent(key);
  } catch {
    // Malformed: such a query is refused where it is read.
  }
  return (/^[^[]*/.exec(key)?.[0] ?? key).trim().toLowerCase();
}
