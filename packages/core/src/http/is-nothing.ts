import type { Context } from './context';

/**
 * Answers whether a returned value is not a reply: undefined, or the context, its response or its headers, which a
 * short arrow function returns by accident: `() => context.response.headers.set(…)`.
 */
export function isNothing(context: Context, value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  return value === context.response.headers || value === context.response || value === context;
}
