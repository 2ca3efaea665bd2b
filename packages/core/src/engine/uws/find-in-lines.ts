import { isSingletonHeader, joinHeader } from '../../http/request-source';

/** One header out of flat pairs (name in lower case, value), its lines combined; undefined where there is none. */
export function findInLines(lines: readonly string[], lowerName: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < lines.length; index += 2) {
    if (lines[index] !== lowerName) continue;
    const line = lines[index + 1]!;
    // As the engine's own look-up, which can not tell an empty first line from none.
    if (value === undefined && line === '') return undefined;
    if (isSingletonHeader(lowerName)) return line;
    value = joinHeader(lowerName, value, line);
  }
  return value;
}

/** The first line of one header, alone; undefined where there is none, or it is empty. */
export function findFirstLine(lines: readonly string[], lowerName: string): string | undefined {
  for (let index = 0; index < lines.length; index += 2)
    if (lines[index] === lowerName) return lines[index + 1] || undefined;
  return undefined;
}
