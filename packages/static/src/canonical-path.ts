import { badRequest, notFound } from '@sluice/core';

/** A path below the root whose spelling is the only one of its file. */
export interface CanonicalPath {
  /** The decoded segments; the last one is empty for a folder. */
  readonly segments: readonly string[];
  /** The path, spelled as it has to be: with a slash in front. */
  readonly path: string;
}

/**
 * Reads the path of a request. A path that other software could read as another one is refused, so that what a guard
 * compares with its prefix is what is opened: empty and dot segments, encoded separators and letters, backslashes,
 * control characters, and names that Windows changes or takes for a device.
 *
 * @param encoded begins with a slash
 * @throws HttpError 400 for what is not text in UTF-8 without NUL, 404 for every other spelling that is refused
 */
export function readCanonicalPath(encoded: string): CanonicalPath {
  const [, ...segments] = encoded.split('/').map(decode);
  const last = segments.length - 1;
  const isPlain = segments.every((name, index) => isPlainName(name) || (name === '' && index === last));
  if (!isPlain || ENCODED_UNRESERVED.test(encoded)) throw refused();
  return { segments, path: `/${segments.map(encodeSegment).join('/')}` };
}

function decode(segment: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(segment);
  } catch {
    throw badRequest('The path is not percent-encoded UTF-8.');
  }
  if (decoded.includes('\0')) throw badRequest('The path has a NUL character.');
  return decoded;
}

/** RFC 3986 §2.3: these have no reason to be encoded, and an encoded one hides a name. */
const ENCODED_UNRESERVED = /%(?:2[DE]|3\d|4[1-9A-F]|5[\dAF]|6[1-9A-F]|7[\dAE])/i;

/** Separators and controls. */
const FORBIDDEN = /[/\\\p{Cc}]/u;
const WELL_KNOWN = '.well-known';
/** Windows opens a device for these, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$)(?:$|[. ])/i;

/** Answers whether a decoded segment can only be the name of one visible file or folder, on any system. */
export function isPlainName(name: string): boolean {
  if (name === '' || FORBIDDEN.test(name) || DEVICE.test(name)) return false;
  // Windows ignores dots and spaces at the end.
  if (name.endsWith('.') || name.endsWith(' ')) return false;
  return !name.startsWith('.') || name === WELL_KNOWN;
}

/** Writes a name as it is in a canonical path: as `encodeURI` does. */
export function encodeSegment(name: string): string {
  return encodeURI(name).replace(/[?#]/g, encodeURIComponent);
}

function refused(): Error {
  return notFound('The path is not written in its canonical form.');
}
