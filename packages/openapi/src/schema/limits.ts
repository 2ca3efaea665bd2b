import { NEVER, type JsonSchema } from './json-schema';

// A limit in JSON is a finite number, and one of a length is a whole number from 0. A limit that every value keeps is left
// out: Infinity, or a length of at least -1.

/** Numbers that are not less than a limit. */
export function atOrAbove(limit: unknown): JsonSchema {
  if (limit === -Infinity) return {};
  return Number.isFinite(limit) ? { minimum: limit } : NEVER;
}

/** Numbers that are not more than a limit. */
export function atOrBelow(limit: unknown): JsonSchema {
  if (limit === Infinity) return {};
  return Number.isFinite(limit) ? { maximum: limit } : NEVER;
}

/** Texts or lists that are not shorter than a limit. */
export function atLeast(keyword: 'minLength' | 'minItems', limit: unknown): JsonSchema {
  const count = Math.ceil(Number(limit));
  if (count === Infinity) return NEVER;
  return count > 0 ? { [keyword]: count } : {};
}

/** Texts or lists that are not longer than a limit. */
export function atMost(keyword: 'maxLength' | 'maxItems', limit: unknown): JsonSchema {
  if (limit === undefined || limit === Infinity) return {};
  const count = Math.floor(Number(limit));
  return count >= 0 ? { [keyword]: count } : NEVER;
}
