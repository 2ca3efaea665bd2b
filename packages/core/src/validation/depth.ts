import { RefusedInput } from './refused-input';
import type { RequestPart } from '../http/status/http-error';

/**
 * What is checked goes down by calling itself: a deeper value would end in a 500, and a recursive schema of zod takes
 * half a minute for 800 levels.
 */
export const MOST_LEVELS = 100;

/** Throws HttpError 422 where a value has more levels of objects and lists than are left. */
export function checkDepth(value: unknown, levels: number, part: RequestPart): void {
  if (isDeeper(value, levels)) throw refuseDepth(part);
}

/** The 422 of a value that is nested too deep to be looked at. */
export function refuseDepth(part: RequestPart): Error {
  return new RefusedInput([
    { in: part, pointer: '', code: 'depth', detail: `must have at most ${MOST_LEVELS} levels` },
  ]);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return levels === 0 || value.some((item) => isDeeper(item, levels - 1));
  // A file of a form is no level, and all that it holds is its own affair.
  if (!isPlain(value)) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
