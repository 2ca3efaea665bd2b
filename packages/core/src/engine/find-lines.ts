/** Look-ups in header lines that are one flat list: name in lower case, value, name, value … */
import { isSingletonHeader, joinHeader } from '../http/headers/join-header';

/**
 * Finds one header and combines its lines; undefined if there is none.
 *
 * @param restore gives the true text of the first line, if the engine may not have decoded it
 */
export function findHeader(
  lines: readonly string[],
  lowerName: string,
  restore?: (line: string) => string,
): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < lines.length; index += 2) {
    if (lines[index] !== lowerName) continue;
    let line = lines[index + 1]!;
    // The look-up of µWebSockets does the same: it cannot distinguish an empty first line from none.
    if (value === undefined && line === '') return undefined;
    if (value === undefined && restore !== undefined) line = restore(line);
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
