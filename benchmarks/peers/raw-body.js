// JSON bodies by hand. `readJson` trusts the client to send what it should; `readCheckedJson` makes the checks that
// Sluice makes, in the same order: framing, coding, media type, length, UTF-8, keys.
import { Buffer, isUtf8 } from 'node:buffer';

export const BODY_LIMIT = 1024 * 1024;
const LENGTH = /^\d{1,15}$/;
const JSON_MEDIA_TYPE = /^application\/(?:json|[a-z0-9!#$&^_.+-]+\+json)$/;
const SUSPICIOUS = /__proto__|constructor|\\u/;

/** Parses the body and calls `respond(value)`; 400 when it is no JSON. */
export function readJson(res, req, respond) {
  readBytes(res, (bytes) => respondParsed(res, () => JSON.parse(bytes.toString()), respond));
}

/** The same, but 400 for ambiguous framing, 415 for another type, 413 before reading, 400 for what is no UTF-8. */
export function readCheckedJson(res, req, respond) {
  const fault = findFault(req);
  if (fault === undefined) readBytes(res, (bytes) => respondParsed(res, () => parseSafely(bytes), respond));
  else refuse(res, fault);
}

/** The status of the refusal. One walk over the lines, as a line may be there twice. */
function findFault(req) {
  let length, coding, type, encoding;
  let isRepeated = false;
  req.forEach((name, value) => {
    if (name === 'content-length') {
      isRepeated ||= length !== undefined;
      length = value;
    } else if (name === 'transfer-encoding') {
      isRepeated ||= coding !== undefined;
      coding = value;
    } else if (name === 'content-type') type ??= value;
    else if (name === 'content-encoding') encoding ??= value;
  });
  if (isRepeated || (length !== undefined && coding !== undefined)) return '400 Bad Request';
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return '400 Bad Request';
  if (length !== undefined && !LENGTH.test(length)) return '400 Bad Request';
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return '415 Unsupported Media Type';
  if (!isJsonType(type)) return '415 Unsupported Media Type';
  return Number(length) > BODY_LIMIT ? '413 Content Too Large' : undefined;
}

/** Whether a Content-Type is that of JSON, whatever its parameters are. */
export function isJsonType(type = '') {
  return JSON_MEDIA_TYPE.test(type.split(';', 1)[0].trim().toLowerCase());
}

/** Nearly every small body comes in one piece; more are put together. */
function readBytes(res, whenThere) {
  let earlier;
  res.onAborted(() => {});
  res.onData((chunk, isLast) => {
    const bytes = Buffer.from(chunk);
    if (isLast) return whenThere(earlier === undefined ? bytes : Buffer.concat([earlier, bytes]));
    // The engine uses the chunk's memory again: what is kept must be a copy.
    earlier = Buffer.concat(earlier === undefined ? [bytes] : [earlier, bytes]);
    if (earlier.length > BODY_LIMIT) res.close();
  });
}

function respondParsed(res, parse, respond) {
  let value;
  try {
    value = parse();
  } catch {
    return void res.writeStatus('400 Bad Request').end();
  }
  respond(value);
}

/** Throws for what is not UTF-8, not JSON, or has a key that could pollute prototypes. */
export function parseSafely(bytes) {
  if (!isUtf8(bytes)) throw new SyntaxError('no UTF-8');
  const text = bytes.toString();
  return JSON.parse(text, SUSPICIOUS.test(text) ? refuseDangerousKeys : undefined);
}

function refuseDangerousKeys(key, value) {
  const isDangerous =
    key === '__proto__' || (key === 'constructor' && Object.hasOwn(Object(value), 'prototype'));
  if (isDangerous) throw new SyntaxError('a key that could pollute prototypes');
  return value;
}

/** The rest of the connection can't be trusted. */
function refuse(res, status) {
  res.writeStatus(status).end('', true);
}
