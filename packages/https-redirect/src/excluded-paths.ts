/** A path without wildcard, or with one as its whole last segment. */
const EXCLUDABLE = /^\/(?:[^*?#\s]*|[^*?#\s]*\/\*|\*)$/;

/** Makes the question whether a path, as sent, is excluded: named whole, or below a path that ends in `/*`. */
export function compileExclusion(exclude: readonly string[]): (path: string) => boolean {
  if (exclude.length === 0) return () => false;
  const paths = new Set(exclude.filter((entry) => !entry.endsWith('/*')));
  const folders = exclude.filter((entry) => entry.endsWith('/*')).map((entry) => entry.slice(0, -1));
  return (path) => paths.has(path) || folders.some((folder) => path.startsWith(folder));
}

/** What is wrong with the option, as `must …`; undefined where it can be used. */
export function findExclusionFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be a list of paths';
  const entries: readonly unknown[] = value;
  const wrong = entries.findIndex((entry) => typeof entry !== 'string' || !EXCLUDABLE.test(entry));
  if (wrong === -1) return undefined;
  return `must have paths as in '/health' or '/.well-known/*', which ${JSON.stringify(entries[wrong]) ?? 'its entry'} is not`;
}
