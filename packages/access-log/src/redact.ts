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
      return at !== -1 && readKeys(pair.slice(0, at)).some((key) => keys.has(key))
        ? `${pair.slice(0, at)}=${REDACTED}`
        : pair;
    })
    .join('&');
}

/** The keys as a program reads them: decoded, in lower case; of `user[password]` both. */
function readKeys(raw: string): string[] {
  let key = raw.replaceAll('+', ' ');
  try {
    key = decodeURIComponent(key);
  } catch {
    // Malformed: such a query is refused where it is read.
  }
  return key.split(/[[\].]/).map((part) => part.trim().toLowerCase());
}
