import { parseQualityList } from '../../http/headers/quality-list';
import type { HttpRequest } from '../../http/request';
import type { Versioning } from '../../routing/versioning';

/** Bounds the work per header: further media types are ignored. */
const MOST_TYPES = 50;

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
  const isVersion = (text: string): boolean => text.toLowerCase().startsWith(`${parameter.toLowerCase()}=`);
  return accept
    .split(',', MOST_TYPES)
    .flatMap((type) => {
      const [, ...parameters] = type.split(';').map((part) => part.trim());
      const version = parameters.find(isVersion)?.slice(parameter.length + 1);
      const quality = parseQualityList(type)[0]?.quality ?? 0;
      return version === undefined || quality === 0 ? [] : [{ version: unquote(version), quality }];
    })
    .sort((one, other) => other.quality - one.quality)
    .map(({ version }) => version);
}

function unquote(text: string): string {
  return /^"([^"\\]*)"$/.exec(text)?.[1] ?? text;
}
