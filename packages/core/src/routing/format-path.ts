/** What can stand in a path or query. */
export type PathValue = string | number | bigint | boolean;

/**
 * A path with its parameters filled in and percent-encoded; `*` is filled with a path of its own, slashes kept. Pure.
 *
 * @throws Error on a value that would make another path: empty, `.` or `..`, which clients resolve even when encoded
 */
export function formatPath(segments: readonly string[], values: Readonly<Record<string, PathValue>>): string {
  const written = segments.map((segment) => {
    if (segment.startsWith(':')) return encodeSegment(segment.slice(1), String(values[segment.slice(1)]));
    if (segment !== '*') return segment;
    return String(values['*'])
      .split('/')
      .map((part) => encodeSegment('*', part))
      .join('/');
  });
  return `/${written.join('/')}`;
}

function encodeSegment(name: string, text: string): string {
  if (text === '' || text === '.' || text === '..')
    throw new Error(
      `The path parameter ${name} can not be empty, '.' or '..': clients would ask for another path.`,
    );
  return encodeURIComponent(text.toWellFormed());
}

/** What can stand in a query; undefined is left out, a list is repeated. */
export type QueryRecord = Readonly<Record<string, PathValue | undefined | readonly PathValue[]>>;

/** `?a=1&b=2`, or nothing where nothing is to be said. Pure. */
export function formatQuery(query: QueryRecord): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value)
      ? (value as readonly PathValue[])
      : [value as PathValue | undefined])
      if (one !== undefined) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
