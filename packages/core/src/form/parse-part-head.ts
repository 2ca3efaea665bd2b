import { isUtf8 } from 'node:buffer';
import { parseMediaType } from '../http/headers/media-type';
import { refuseMalformed } from './form-refusals';
import { parseFormParameters } from './parse-form-parameters';

/** The header lines of a part: names in lower case, values as latin1 text of their bytes. */
export type PartLines = Readonly<Record<string, readonly string[] | undefined>>;

/** The parsed head of a part. */
export interface PartHead {
  readonly name: string;
  /** Undefined for a field; may be empty for a file. */
  readonly filename: string | undefined;
  readonly mediaType: string;
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
  const types = lines['content-type'] ?? ['application/octet-stream'];
  if (dispositions?.length !== 1 || types.length !== 1)
    throw refuseMalformed('A part must have one Content-Disposition, and at most one Content-Type.');
  if (!ENCODINGS.test(lines['content-transfer-encoding']?.join() ?? 'binary'))
    throw refuseMalformed('A part must not have a transfer encoding (RFC 7578 §4.7).');
  const [, text] = /^form-data[ \t]*(;[^]*)$/i.exec(decodeText(dispositions[0]!).trim()) ?? [];
  const parameters = text === undefined ? undefined : parseFormParameters(text);
  const name = parameters?.get('name');
  if (parameters === undefined || name === undefined)
    throw refuseMalformed('The Content-Disposition of a part must be form-data with a name.');
  const filename = parameters.get('filename') ?? decodeExtended(parameters.get('filename*'));
  const mediaType = parseMediaType(types[0]!);
  return {
    name: decodeEscapes(name),
    filename: filename === undefined ? undefined : cleanFilename(decodeEscapes(filename)),
    mediaType: MEDIA_TYPE.test(mediaType) ? mediaType : 'application/octet-stream',
  };
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
  const last = filename.replace(UNSEEN, '').split(/[/\\]/).at(-1)!.trim().slice(0, 255);
  return /^\.*$/.test(last) ? '' : last;
}
