import { isPromise } from '@sluice/core';
import { isUserFound } from './check-user';
import type { Verified } from './guard-options';

/** Verifies keys in turn until one has a user. Stays synchronous as long as `verify` does. */
export function verifyEach<User>(
  keys: readonly string[],
  verify: (key: string) => Verified<User>,
): Verified<User> {
  let user: Verified<User>;
  for (const [index, key] of keys.entries()) {
    user = verify(key);
    if (isPromise(user)) return verifyLater(user, keys.slice(index + 1), verify);
    if (isUserFound(user)) return user;
  }
  return user;
}

async function verifyLater<User>(
  first: Verified<User>,
  others: readonly string[],
  verify: (key: string) => Verified<User>,
): Promise<Awaited<Verified<User>>> {
  let user = await first;
  for (let index = 0; index < others.length && !isUserFound(user); index++)
    user = await verify(others[index]!);
  return user;
}
