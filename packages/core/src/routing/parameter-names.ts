/** The parameters of a pattern: `:name` as a whole segment of a path or as a whole label of a host. */
const PARAMETER = /^:[A-Za-z_][A-Za-z0-9_]*$/;

export function isParameter(part: string): boolean {
  return PARAMETER.test(part);
}

/** The names of the parameters among the parts of a pattern, in order. */
export function listNames(parts: readonly string[]): readonly string[] {
  return parts.filter(isParameter).map((part) => part.slice(1));
}

/** The parts with `:` in place of every parameter, so that patterns which match the same requests are equal. */
export function hideNames(parts: readonly string[]): readonly string[] {
  return parts.map((part) => (isParameter(part) ? ':' : part));
}

/** A sentence about the first name that is used twice, if there is one. */
export function findRepeated(names: readonly string[]): string | undefined {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined ? undefined : `The parameter :${repeated} appears twice.`;
}
