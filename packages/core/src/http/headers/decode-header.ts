import { isUtf8 } from 'node:buffer';

const NOT_ASCII = /[^\0-\x7f]/;
const NOT_BYTES = /[^\0-\xff]/;
/** Up to this length a loop is faster than the regular expression. */
const SHORT_VALUE = 32;

/**
 * Decodes a header value that has a character for each of its bytes, as fields are opaque bytes (RFC 9110 §5.5): UTF-8
 * if they are valid, which is how browsers send cookies, else Latin-1. A text with other characters is already decoded.
 */
export function decodeHeader(value: string): string {
  if (isAscii(value) || NOT_BYTES.test(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : value;
}

function isAscii(value: string): boolean {
  if (value.length > SHORT_VALUE) return !NOT_ASCII.test(value);
  for (let index = 0; index < value.length; index++) if (value.charCodeAt(index) > 0x7f) return false;
  return true;
}
