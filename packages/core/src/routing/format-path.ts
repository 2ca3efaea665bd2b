/** A value that can be written into a path or a query. */
export type PathValue = string | number | bigint | boolean;

/**
 * Writes a path with its parameters filled in and percent-encoded. The value of `*` is a path, so its slashes stay. Pure.
 *
 * @throws Error when a value is empty, `.` or `..`: clients resolve these, even encoded, and would request another path
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
      `The path parameter ${name} cannot be empty, '.' or '..', because clients would request another path.`,
    );
  return encodeURIComponent(text.toWellFormed());
}

/** The parameters of a query: undefined is left out, and a list repeats the name. */
export type QueryRecord = Readonly<Record<string, PathValue | undefined | readonly PathValue[]>>;

/** Writes `?a=1&b=2`, or an empty text if there is nothing to write. Pure. */
export function formatQuery(query: QueryRecord): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined) parameters.append(name, String(one));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
