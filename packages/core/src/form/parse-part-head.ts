import { isUtf8 } from 'node:buffer';
import { parseHeaderParameters } from '../http/headers/header-parameters';
import { parseMediaType } from '../http/headers/media-type';
import { refuseMalformed } from './form-refusals';

/** The header lines of a part: names in lower case, values as latin1 text of their bytes. */
export type PartLines = Readonly<Record<string, readonly string[] | undefined>>;

/** The parsed head of a part. */
export interface PartHead {
  readonly name: string;
  /** Undefined for a field; may be empty for a file. */
  readonly filename: string | undefined;
  readonly mediaType: string;
  /** The Content-Type as it was sent; empty if there is none. */
  readonly contentType: string;
}

const MEDIA_TYPE = /^[!#$&^_.+0-9a-z-]+\/[!#$&^_.+0-9a-z-]+$/;
const ENCODINGS = /^(?:7bit|8bit|binary)$/i;

/**
 * Parses the head of a part (RFC 7578 §4).
 *
 * @throws HttpError 400 if it has no name or contradicts itself
 */
export function parsePartHead(lines: PartLines): PartHead {
  const dispositions = lines['content-disposition'];
  const [contentType = '', ...more] = lines['content-type'] ?? [];
  if (dispositions?.length !== 1 || more.length > 0)
    throw refuseMalformed('A part must have one Content-Disposition, and at most one Content-Type.');
  if (!ENCODINGS.test(lines['content-transfer-encoding']?.join() ?? 'binary'))
    throw refuseMalformed('A part must not have a transfer encoding (RFC 7578 §4.7).');
  const disposition = decodeText(dispositions[0]!);
  const isFormData = /^[ \t]*form-data[ \t]*;/i.test(disposition);
  const parameters = isFormData ? parseHeaderParameters(disposition, unescapeQuotes) : undefined;
  const name = parameters?.get('name');
  if (parameters === undefined || name === undefined)
    throw refuseMalformed('The Content-Disposition of a part must be form-data with a name.');
  const filename = parameters.get('filename') ?? decodeExtended(parameters.get('filename*'));
  const mediaType = parseMediaType(contentType);
  return {
    name: decodeEscapes(name),
    filename: filename === undefined ? undefined : cleanFilename(decodeEscapes(filename)),
    mediaType: MEDIA_TYPE.test(mediaType) ? mediaType : 'application/octet-stream',
    contentType,
  };
}

/** The only escape is `\"`: browsers write a backslash as it is. */
function unescapeQuotes(quoted: string): string {
  return quoted.replaceAll('\\"', '"');
}

/** Names are UTF-8 (RFC 7578 §5.1). */
function decodeText(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  if (!isUtf8(bytes)) throw refuseMalformed('The names in a form must be UTF-8.');
  return bytes.toString();
}

/** Browsers escape the three characters that would end a name. */
function decodeEscapes(text: string): string {
  return text.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replaceAll('%22', '"');
}

/** RFC 7578 §4.2 forbids `filename*`, but some clients send nothing else (RFC 8187). */
function decodeExtended(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value) ?? [];
  try {
    if (encoded !== undefined) return decodeURIComponent(encoded);
  } catch {
    // Malformed, as is a value without the prefix.
  }
  throw refuseMalformed('A filename* must be UTF-8, percent-encoded (RFC 8187).');
}

/** Control characters, and characters that make a name look like another one. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Keeps the last segment of a path of any operating system, so that the name leads to no other folder. */
function cleanFilename(filename: string): string {
  const last = filename.replace(UNSEEN, '').split(/[/\\]/).at(-1)!.trim();
  return /^\.*$/.test(last) ? '' : shorten(last);
}

const LONGEST_FILENAME = 255;
const LONGEST_EXTENSION = 20;

/** Shortens a name in front of its extension, which says how to treat the file. */
function shorten(name: string): string {
  if (name.length <= LONGEST_FILENAME) return name;
  const dot = name.lastIndexOf('.');
  const extension = name.length - dot > LONGEST_EXTENSION ? '' : name.slice(dot);
  const start = name.slice(0, LONGEST_FILENAME - extension.length);
  // Half of a character outside of the basic plane is not text.
  return start.replace(/[\ud800-\udbff]$/, '') + extension;
}
