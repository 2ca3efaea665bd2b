import { parseParameters } from './parse-parameters';

/**
 * `*( ";" [ name "=" value ] )` with blanks anywhere but in names (RFC 9110 §5.6.6 allows fewer of them). A value
 * without quotes may have characters that a token cannot have, because clients send such names and boundaries.
 */
const PARAMETER =
  /;[ \t]*(?:(?<name>[!#$%&'*+.^_`|~0-9a-z-]+)[ \t]*=[ \t]*(?:"(?<quoted>(?:[^"\\]|\\[^])*)"|(?<bare>[^\s;"]*))[ \t]*)?/iy;

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Parses the parameters of a header value such as Content-Type, from its first `;` on; empty ones are skipped. Names
 * are in lower case. Undefined when they are malformed or repeat a name. Pure.
 *
 * @param unescape removes the escapes from the inside of a quoted value; default is any `\x` (RFC 9110 §5.6.4)
 */
export function parseHeaderParameters(
  value: string,
  unescape: (quoted: string) => string = unescapePairs,
): ReadonlyMap<string, string> | undefined {
  const start = value.indexOf(';');
  if (start === -1) return NONE;
  return parseParameters(value.slice(start).trimEnd(), { parameter: PARAMETER, unescape });
}

function unescapePairs(quoted: string): string {
  return quoted.replace(/\\([^])/g, '$1');
}
