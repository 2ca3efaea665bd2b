import { Reply } from '@sluice/core';

/** Whether `verify` has found a user. */
export function isUserFound(result: unknown): boolean {
  return Boolean(result) && !isInherited(result);
}

/** Throws the error that `verify` returned, or a TypeError for a result that cannot be meant as a user. */
export function checkUser(result: unknown): void {
  if (result instanceof Error) throw result;
  // An empty list of rows would otherwise count as a user.
  if (Array.isArray(result))
    throw new TypeError('verify returned a list instead of a user. Return its first element.');
  if (result instanceof Reply)
    throw new TypeError('verify returned a reply instead of a user. Throw an HttpError to refuse a request.');
}

/** Every object has values under names such as `constructor` and `__proto__`: a token was looked up in a plain object. */
function isInherited(result: unknown): boolean {
  return typeof result === 'function' || result === Object.prototype;
}
