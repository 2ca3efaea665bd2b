/** The bytes of `scheme://host[:port]`; a header that has others is no origin of a browser and is never reflected. */
const SERIALIZED = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9\-._~%:[\]]*$/;
const LONGEST = 512;

/** Answers whether `text` has the form of a tuple origin (RFC 6454 §6.2); `null` has not. */
export function isSerializedOrigin(text: string): boolean {
  return text.length <= LONGEST && SERIALIZED.test(text);
}

/** What is wrong with an origin written in the options, as `must …`; undefined where browsers can send it. */
export function findOriginFault(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  if (text === '*' || text === 'null') return undefined;
  if (text.includes('*')) return `must not have ${quoted}: write a RegExp for many origins, or '*' for all`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !text.includes('://')) {
    return `must not have ${quoted}: an origin is scheme://host[:port], as in 'https://app.example'`;
  }
  const sent = url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
  if (sent === text && isSerializedOrigin(text)) return undefined;
  return `must not have ${quoted}: a browser sends ${JSON.stringify(sent)}, and every byte is compared`;
}
