/** What stands before a path and the path, with one slash between them. Pure. */
export function joinPrefix(prefix: string, path: string): string {
  return `${prefix.replace(/\/+$/, '')}/${path.replace(/^\//, '')}`;
}
