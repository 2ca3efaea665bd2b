import path from 'node:path';

/** Writes a path as a person types it into a shell. Pure. */
export function quoteForShell(text: string): string {
  if (/^[\p{L}\p{N}_@./:+,-]+$/u.test(text)) return text;
  // The shell of Windows knows only these.
  if (path.sep === '\\' || !/["$`!\\]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
