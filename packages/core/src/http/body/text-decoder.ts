import { badRequest } from '../status/http-error';
import { parseHeaderParameters } from '../headers/header-parameters';
import { parseText } from './body-parsers';
import { refuseCharset } from './body-refusals';

/** Decodes bytes, without a byte order mark. Throws HttpError 400 `body_encoding` when they are malformed. */
export type DecodeText = (bytes: Uint8Array) => string;

/** Labels of UTF-8, and of ASCII, which is a part of it. */
const UTF_8 = /^(?:utf-?8|(?:us-)?ascii)?$/i;
/** At most one for each label that the runtime knows. */
const DECODERS = new Map<string, DecodeText>();

/**
 * Finds how to decode the text of a Content-Type: in its charset, or in UTF-8 if it has none. Undefined if the charset
 * is not an encoding of the web (WHATWG Encoding §4.2), or the parameters are malformed.
 */
export function findTextDecoder(contentType: string): DecodeText | undefined {
  const parameters = parseHeaderParameters(contentType);
  if (parameters === undefined) return undefined;
  const charset = parameters.get('charset') ?? '';
  return UTF_8.test(charset) ? parseText : findDecoder(charset.toLowerCase());
}

/** Decodes the text of a body. Throws HttpError 415 if its charset is not supported, 400 `body_encoding` if it is malformed. */
export function parseTextAs(contentType: string | undefined, bytes: Uint8Array): string {
  const decode = findTextDecoder(contentType ?? '');
  if (decode === undefined) throw refuseCharset();
  return decode(bytes);
}

/** Returns whether the text of a Content-Type is UTF-8: no charset says otherwise. */
export function isUtf8Text(contentType: string): boolean {
  return findTextDecoder(contentType) === parseText;
}

function findDecoder(label: string): DecodeText | undefined {
  const known = DECODERS.get(label);
  if (known !== undefined) return known;
  try {
    const decode = label === 'utf-16' ? decodeUtf16 : makeDecoder(label);
    DECODERS.set(label, decode);
    return decode;
  } catch {
    // The runtime knows no encoding of this name.
    return undefined;
  }
}

function makeDecoder(label: string): DecodeText {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw badRequest({ code: 'body_encoding', detail: `The body is not valid ${decoder.encoding}.` });
    }
  };
}

/** The byte order mark decides (RFC 2781 §4.3). Without one, it is little-endian, as on the web. */
function decodeUtf16(bytes: Uint8Array): string {
  const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  return findDecoder(isBigEndian ? 'utf-16be' : 'utf-16le')!(bytes);
}
