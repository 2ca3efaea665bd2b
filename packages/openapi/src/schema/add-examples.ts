/** A minimum as low as this one, of 32 bits, is the limit of a type. It says nothing about the values. */
const LOWEST = -(2 ** 31);

/** Beside other keywords the number may not be a value, or an example is there already. */
const PLAIN: ReadonlySet<string> = new Set(['type', 'format', 'minimum', 'maximum', 'title', 'description']);

/**
 * Gives an example to each number in a part of a document whose minimum is the limit of a type. Pages that show the
 * document make their examples of the minimum otherwise: `/notes/-9007199254740991`.
 */
export function addExamples<T>(part: T): T {
  if (Array.isArray(part)) return part.map(addExamples) as T;
  if (typeof part !== 'object' || part === null) return part;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, addExamples(value as unknown)]),
  );
  const { minimum, maximum = 1 } = copy;
  const isLimit = typeof minimum === 'number' && minimum <= LOWEST && typeof maximum === 'number';
  if (isLimit && Object.keys(copy).every((key) => PLAIN.has(key)))
    copy['examples'] = [Math.max(minimum, Math.min(1, Math.floor(maximum)))];
  return copy as T;
}
