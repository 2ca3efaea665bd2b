/** The header lines of a native request as one flat list: name in lower case, value, name, value … */
import type { HttpRequest } from 'uWebSockets.js';
import { isSingletonHeader, joinHeader } from '../../http/headers/join-header';

/** Reads every header line of a native request. */
export function readLines(req: HttpRequest): string[] {
  const lines: string[] = [];
  req.forEach((name, value) => void lines.push(name, value));
  return lines;
}

/** Finds one header and combines its lines; undefined if there is none. */
export function findHeader(lines: readonly string[], lowerName: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < lines.length; index += 2) {
    if (lines[index] !== lowerName) continue;
    const line = lines[index + 1]!;
    // The engine's own look-up does the same: it cannot distinguish an empty first line from none.
    if (value === undefined && line === '') return undefined;
    if (isSingletonHeader(lowerName)) return line;
    value = joinHeader(lowerName, value, line);
  }
  return value;
}

/** Finds only the first line of a header; undefined if there is none, or it is empty. */
export function findFirstLine(lines: readonly string[], lowerName: string): string | undefined {
  for (let index = 0; index < lines.length; index += 2)
    if (lines[index] === lowerName) return lines[index + 1] || undefined;
  return undefined;
}
