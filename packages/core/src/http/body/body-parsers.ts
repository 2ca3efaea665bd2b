import { parse as parseSecureJson } from 'secure-json-parse';
import { badRequest } from '../status/http-error';

/** Refuses malformed UTF-8 and drops a byte order mark. Unlike a Buffer it needs no view of the bytes. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Decodes UTF-8, without a byte order mark. Throws HttpError 400 `body_encoding` when the bytes are malformed. */
export function parseText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw badRequest({ code: 'body_encoding', detail: 'The body is not valid UTF-8.' });
  }
}

/**
 * Parses JSON (RFC 8259).
 *
 * @throws HttpError 400 `json_empty`, `json_syntax`, or `json_prototype` for keys that could pollute
 * prototypes (`__proto__`, `constructor.prototype`); 400 `body_encoding` when it is not UTF-8
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = parseText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw text.trim() === ''
      ? badRequest({ code: 'json_empty', detail: 'The body is empty, but JSON is expected.' })
      : badRequest({ code: 'json_syntax', detail: 'The body is not valid JSON.' });
  }
  if (typeof value === 'object' && value !== null && isSuspicious(text)) checkPrototypeKeys(text);
  return value;
}

/** The same bytes as a Buffer, without a copy. */
export function viewAsBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Every dangerous key contains one of these, escaped or not, so that all other texts are parsed only once. */
function isSuspicious(text: string): boolean {
  return text.includes('\\u') || text.includes('__proto__') || text.includes('constructor');
}

function checkPrototypeKeys(text: string): void {
  try {
    parseSecureJson(text, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    const detail = 'The body has a key that is not allowed: __proto__ or constructor.prototype.';
    throw badRequest({ code: 'json_prototype', detail });
  }
}
