/** What stands before a prefix and the prefix, with one slash between them. Pure. */
export function joinPrefix(outer: string, inner: string): string {
  return `${outer.replace(/\/+$/, '')}/${inner.replace(/^\//, '')}`;
}
