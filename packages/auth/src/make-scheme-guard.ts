import type { Guard, Scheme } from './guard';
import { makeReadGrants, type GuardOptions } from './guard-options';
import { makeGuard } from './make-guard';

/** Makes the guard of one scheme. */
export function makeSchemeGuard<Credentials, User>(
  scheme: Scheme<Credentials, User>,
  options: GuardOptions<User>,
): Guard {
  const { optional = false } = options;
  const guardScheme = { ...(scheme as Scheme), optional, readGrants: makeReadGrants(options) };
  return makeGuard(scheme.name, { ...scheme.options, optional }, [guardScheme]);
}
