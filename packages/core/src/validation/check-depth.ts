import type { Findings } from './findings';

/**
 * The checks are recursive: without a limit, a deep value overflows the stack and the response is a 500. A recursive
 * schema of zod takes half a minute for 800 levels.
 */
export const MOST_LEVELS = 100;

/** Thrown where a value has more levels. It is made once, because clients cause it as often as they like. */
export const TOO_DEEP = new RangeError(`The value has more than ${MOST_LEVELS} levels.`);

/** Answers whether objects and lists are nested in a value more than `levels` deep. */
export function isDeeper(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return levels === 0 || value.some((item) => isDeeper(item, levels - 1));
  // An instance, such as a file of a form, does not count as a level: the client did not write its properties.
  if (!isPlain(value)) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

/** Adds the error of a value that has more levels than Sluice checks. */
export function addTooDeep(findings: Findings): undefined {
  findings.add('depth', () => `must be nested at most ${MOST_LEVELS} levels deep`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
