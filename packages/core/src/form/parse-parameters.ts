/** `; name=value` or `; name="value"`, where only `\"` stands for another character: browsers escape nothing else. */
const PARAMETER =
  /;[ \t]*([!#$%&'*+.^_`|~0-9a-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|([^\s;"]*))[ \t]*/iy;

/**
 * Parses what stands behind the value of a header, from the first `;` on: names in lower case, in a map.
 * Undefined where it is malformed, or says anything twice.
 */
export function parseParameters(text: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  const trimmed = text.trimEnd();
  PARAMETER.lastIndex = 0;
  let at = 0;
  while (at < trimmed.length) {
    PARAMETER.lastIndex = at;
    const [, name, quoted, token] = PARAMETER.exec(trimmed) ?? [];
    if (name === undefined || parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? token ?? '');
    at = PARAMETER.lastIndex;
  }
  return parameters;
}
