/** Writes the JSON Pointer to a place within a part of the request (RFC 6901 §3). */
export function formatPointer(...path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
