import type { RequestSource } from '../request-source';
import { isSingletonHeader, joinHeader } from './join-header';

/** Reads all headers into an object without prototype, names in lower case, the lines of a list combined. */
export function readHeaders(source: Pick<RequestSource, 'readHeaders'>): Readonly<Record<string, string>> {
  const headers = Object.create(null) as Record<string, string>;
  source.readHeaders((name, value) => {
    if (headers[name] === undefined || !isSingletonHeader(name))
      headers[name] = joinHeader(name, headers[name], value);
  });
  return headers;
}
