/** A path without a wildcard, or with `*` as its whole last segment. */
const EXCLUDABLE = /^\/(?:[^*?#\s]*|[^*?#\s]*\/\*|\*)$/;
/** `.` or `..` as a whole segment, in every spelling that some server behind this one may resolve (RFC 3986 §5.2.4). */
const DOT_SEGMENT = /(?:[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?=[/\\]|%2f|%5c|$)/i;

/**
 * Compiles the list to a check of paths, as sent: excluded is a listed path, or one below a listed path with `/*` unless
 * it has dot segments, which may lead out of that path.
 */
export function compileExclusion(exclude: readonly string[]): (path: string) => boolean {
  const paths = new Set(exclude.filter((entry) => !entry.endsWith('/*')));
  const folders = exclude.filter((entry) => entry.endsWith('/*')).map((entry) => entry.slice(0, -1));
  return (path) =>
    paths.has(path) || (folders.some((folder) => path.startsWith(folder)) && !DOT_SEGMENT.test(path));
}

/** Finds the fault of the option, as `must …`; undefined if it is valid. */
export function findExclusionFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be a list of paths';
  const entries: readonly unknown[] = value;
  const wrong = entries.findIndex((entry) => !isExcludable(entry));
  if (wrong === -1) return undefined;
  const text = JSON.stringify(entries[wrong]) ?? typeof entries[wrong];
  return `must not contain ${text}; write paths as '/health' or '/.well-known/*', without the segments . and ..`;
}

function isExcludable(entry: unknown): boolean {
  return typeof entry === 'string' && EXCLUDABLE.test(entry) && !DOT_SEGMENT.test(entry);
}
