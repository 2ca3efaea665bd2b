import { decodeFormPart } from './percent-encoding';

/**
 * Parses a whole query or URL-encoded form into its names and values, decoded, in order.
 *
 * @throws HttpError 400 `percent_encoding` when percent-encoding is malformed
 */
export function parsePairs(raw: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    pairs.push([decodeFormPart(name), equals === -1 ? '' : decodeFormPart(part.slice(equals + 1))]);
  }
  return pairs;
}
