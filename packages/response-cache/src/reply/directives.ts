/** The directives of Cache-Control, names in lower case. One without a value has an empty one. */
export type Directives = ReadonlyMap<string, string>;

const NONE: Directives = new Map();
const DIRECTIVE = /\s*(?:([!#$%&'*+.^`|~\w-]+)\s*(?:=\s*(?:("(?:[^"\\]|\\.)*"|[^\s,"]+)\s*)?)?)?(?:,|$)/y;
const MOST_DIRECTIVES = 32;

/**
 * Parses Cache-Control (RFC 9111 §5.2). If a directive repeats, the first one counts. Undefined for a value that does not
 * follow the grammar: a cache must not guess what it allows.
 */
export function parseDirectives(value: string | undefined): Directives | undefined {
  if (value === undefined) return NONE;
  const directives = new Map<string, string>();
  const text = value.trim();
  DIRECTIVE.lastIndex = 0;
  while (DIRECTIVE.lastIndex < text.length) {
    const match = DIRECTIVE.exec(text);
    if (match === null || directives.size > MOST_DIRECTIVES) return undefined;
    // An empty element of a list is nothing (RFC 9110 §5.6.1).
    const name = match[1]?.toLowerCase();
    if (name !== undefined && !directives.has(name)) directives.set(name, unquote(match[2] ?? ''));
  }
  return directives;
}

/** The seconds of a directive; undefined without it. An invalid value counts as 0 (RFC 9111 §4.2.1). */
export function readSeconds(directives: Directives, name: string): number | undefined {
  const value = directives.get(name);
  return value === undefined ? undefined : (parseSeconds(value) ?? 0);
}

/** Whole seconds; undefined for another text. Very many are 2^31 (RFC 9111 §1.2.2). */
export function parseSeconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Math.min(Number(text), 2 ** 31) : undefined;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1) : value;
}
