import type { RequestPart } from '../http/status/http-error';
import { RefusedInput } from './refused-input';

/**
 * The checks are recursive: without a limit, a deep value overflows the stack and the response is a 500. A recursive
 * schema of zod takes half a minute for 800 levels.
 */
export const MOST_LEVELS = 100;

/** Throws HttpError 422 if objects and lists are nested in a value more than `levels` deep. */
export function checkDepth(value: unknown, levels: number, part: RequestPart): void {
  if (isDeeper(value, levels)) throw refuseDepth(part);
}

/** The 422 for a value with more levels than Sluice checks. */
export function refuseDepth(part: RequestPart): RefusedInput {
  return new RefusedInput([
    { in: part, pointer: '', code: 'depth', detail: `must have at most ${MOST_LEVELS} levels` },
  ]);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return levels === 0 || value.some((item) => isDeeper(item, levels - 1));
  // An instance, such as a file of a form, does not count as a level: the client did not write its properties.
  if (!isPlain(value)) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
