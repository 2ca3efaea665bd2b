/** Headers that hold one value, so only their first line counts. All others are lists (RFC 9110 §5.3). */
const SINGLETONS: ReadonlySet<string> = new Set([
  'access-control-request-method',
  'age',
  'authorization',
  'content-length',
  'content-type',
  'date',
  'expect',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'origin',
  'proxy-authorization',
  'range',
  'referer',
  'user-agent',
]);

/** Answers whether only the first line of a header counts. */
export function isSingletonHeader(lowerName: string): boolean {
  return SINGLETONS.has(lowerName);
}

/** Joins another line to the value of a header: Cookie with `; ` (RFC 6265bis §5.8.3), all others with `, `. */
export function joinHeader(lowerName: string, present: string | undefined, value: string): string {
  if (present === undefined) return value;
  return `${present}${lowerName === 'cookie' ? '; ' : ', '}${value}`;
}
