import { Reply } from '@sluice/core';

/** Answers whether `verify` has found nobody. */
export function isNobody(user: unknown): boolean {
  return !user || isInherited(user);
}

/** Throws what `verify` gave where a user is due, and what nobody can have meant by a user. */
export function checkUser(user: unknown): void {
  if (user instanceof Error) throw user;
  // An empty list of rows would be somebody.
  if (Array.isArray(user)) throw new TypeError('verify gave a list, and a user is due: take its first.');
  if (user instanceof Reply)
    throw new TypeError('verify gave a reply, and a user is due: throw an HttpError.');
}

/** What every object has under names like `constructor` and `__proto__`: tokens were looked up in a plain object. */
function isInherited(user: unknown): boolean {
  return typeof user === 'function' || user === Object.prototype;
}
