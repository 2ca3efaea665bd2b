/** The characters of `scheme://host[:port]`. An Origin header with others does not come from a browser, and is never reflected. */
const SERIALIZED = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9\-._~%:[\]]*$/;
const LONGEST = 512;

/** Returns whether `text` has the form of a tuple origin (RFC 6454 §6.2), which `null` does not have. */
export function isSerializedOrigin(text: string): boolean {
  return text.length <= LONGEST && SERIALIZED.test(text);
}

/** Finds the fault of an origin in the options, as `must …`; undefined if browsers can send that origin. */
export function findOriginFault(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  if (text === '*' || text === 'null') return undefined;
  if (text.includes('*'))
    return `must not contain ${quoted}; write a RegExp for many origins, or '*' for all`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !text.includes('://')) {
    return `must not contain ${quoted}; an origin is scheme://host[:port], as in 'https://app.example'`;
  }
  const sent = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  if (sent === text && isSerializedOrigin(text)) return undefined;
  return `must not contain ${quoted}; browsers send ${JSON.stringify(sent)}, and every byte is compared`;
}
