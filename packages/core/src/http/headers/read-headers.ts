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

/** Every line of one header (name in lower case), in the order sent. Walks all lines. */
export function listLines(source: Pick<RequestSource, 'readHeaders'>, lowerName: string): string[] {
  const lines: string[] = [];
  source.readHeaders((name, value) => void (name === lowerName && lines.push(value)));
  return lines;
}
