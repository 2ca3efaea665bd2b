/** The name of the part of a path or host that a `*` matches. */
export const REST = '*';

/** Returns whether a path pattern ends with `*`. */
export function hasRest(pattern: string): boolean {
  return pattern.endsWith('/*');
}

/** Finds the part of a path that the `*` of its pattern matches, still percent-encoded; undefined if it has none. Pure. */
export function findRest(pattern: string, path: string): string | undefined {
  if (!hasRest(pattern)) return undefined;
  let start = 0;
  for (let slash = 0; slash !== -1; slash = pattern.indexOf('/', slash + 1)) {
    const next = path.indexOf('/', start);
    if (next === -1) return undefined;
    start = next + 1;
  }
  return path.slice(start);
}
