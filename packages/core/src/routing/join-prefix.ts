/** Joins a prefix and a path with exactly one slash. Pure. */
export function joinPrefix(prefix: string, path: string): string {
  return `${prefix.replace(/(?<!\/)\/+$/, '')}/${path.replace(/^\//, '')}`;
}
