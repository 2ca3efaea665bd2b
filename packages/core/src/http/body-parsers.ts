import { isUtf8 } from 'node:buffer';
import { parse as parseSecureJson } from 'secure-json-parse';
import { badRequest } from './http-error';

/** What every dangerous key is written with, escaped or not: other texts are parsed once only. */
const SUSPICIOUS = /__proto__|constructor|\\u/;

/** Decodes UTF-8, without a byte order mark. Throws HttpError 400 `body_encoding` when the bytes are none. */
export function parseText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // What is no UTF-8 is decoded to this character: where there is none, nobody needs to look again.
  if (text.includes('\ufffd') && !isUtf8(bytes))
    throw badRequest({ code: 'body_encoding', detail: 'The body is not valid UTF-8.' });
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
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
      ? badRequest({ code: 'json_empty', detail: 'The body is empty where JSON is due.' })
      : badRequest({ code: 'json_syntax', detail: 'The body is not valid JSON.' });
  }
  if (typeof value === 'object' && value !== null && SUSPICIOUS.test(text)) checkPrototypeKeys(text);
  return value;
}

function checkPrototypeKeys(text: string): void {
  try {
    parseSecureJson(text, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    const detail = 'The body has a key that is not allowed: __proto__ or constructor.prototype.';
    throw badRequest({ code: 'json_prototype', detail });
  }
}
