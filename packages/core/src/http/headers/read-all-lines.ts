import type { RequestSource } from '../request-source';
import { joinHeader } from './join-header';

/**
 * The lines of one header (name in lower case), combined without the empty ones; undefined if no other is there. For
 * headers of which a line must not be overlooked: `readHeader` takes an empty first line, which any client can send, for
 * a missing header. Walks all lines.
 */
export function readAllLines(
  source: Pick<RequestSource, 'readHeaders'>,
  lowerName: string,
): string | undefined {
  let value: string | undefined;
  source.readHeaders((name, line) => {
    if (name === lowerName && line !== '') value = joinHeader(lowerName, value, line);
  });
  return value;
}
