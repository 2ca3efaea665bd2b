import { decodeFormPart } from './percent-encoding';

/**
 * Takes a query or an url-encoded form apart as a whole: its names and values, decoded, in order.
 *
 * @throws HttpError 400 on malformed percent-encoding
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
