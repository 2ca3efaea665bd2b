import { parseWeightedList } from '../../http/headers/weighted-list';
import type { HttpRequest } from '../../http/request';
import type { Versioning } from '../../routing/versioning';

/** Reads the versions that a request names in a header, the preferred one first; empty if it names none. */
export function readRequestedVersions(
  by: Versioning,
  request: Pick<HttpRequest, 'header'>,
): readonly string[] {
  if (by.type === 'path') return [];
  const header = request.header(by.type === 'header' ? by.header : 'accept')?.trim();
  if (header === undefined || header === '') return [];
  return by.type === 'header' ? [header] : parseAcceptedVersions(header, by.parameter ?? 'v');
}

/** Parses the versions in an Accept header (RFC 9110 §12.5.1), by weight; a version with the weight 0 is left out. */
export function parseAcceptedVersions(accept: string, parameter: string): string[] {
  const name = parameter.toLowerCase();
  return parseWeightedList(accept)
    .filter(({ quality, parameters }) => quality > 0 && parameters.has(name))
    .sort((one, other) => other.quality - one.quality)
    .map(({ parameters }) => parameters.get(name)!);
}
