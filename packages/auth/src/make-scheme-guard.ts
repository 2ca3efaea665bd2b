import type { Guard } from './guard';
import { makeReadGrants, type GuardOptions } from './guard-options';
import { makeGuard } from './make-guard';
import type { Scheme } from './scheme';

/** Makes the guard of one scheme. */
export function makeSchemeGuard<Credentials, User>(
  scheme: Scheme<Credentials, User>,
  options: GuardOptions<User>,
): Guard {
  const { optional = false } = options;
  const wayIn = { scheme: scheme as Scheme, readGrants: makeReadGrants(options), optional };
  return makeGuard(scheme.name, { ...scheme.options, optional }, [wayIn]);
}
