import { ConfigurationError, type MaybePromise } from '@sluice/core';
import { isBooleanOption, isFunctionOption, type OptionRule, type OptionRules } from '@sluice/core/kit';
import type { Grants } from './user';

/** The result of `verify`: the user, or nothing for invalid credentials. */
export type Verified<User> = MaybePromise<User | undefined | null | false>;

/** Options that every guard has. */
export interface GuardOptions<User> {
  /** The area that the credentials are for, as browsers and logs show it. Default: `api`. */
  readonly realm?: string;
  /** Admits requests without credentials, and so without a user, to routes that require no role or scope. Default: false. */
  readonly optional?: boolean;
  /** Returns the roles of a user. Default: its `roles`, if that is a list. */
  readonly roles?: (user: User) => readonly string[];
  /** Returns the scopes of a user. Default: its `scopes` if that is a list, else the words of its `scope` (RFC 8693 §4.2). */
  readonly scopes?: (user: User) => readonly string[];
}

/** A quoted-string of a challenge carries these characters unchanged. */
const isRealm: OptionRule = (value) =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? undefined : 'must be printable ASCII text';

export const GUARD_RULES: OptionRules = {
  realm: isRealm,
  optional: isBooleanOption,
  roles: isFunctionOption,
  scopes: isFunctionOption,
};

/**
 * Checks that exactly one of the alternatives is given.
 *
 * @throws ConfigurationError OPTION_INVALID
 */
export function checkEither(
  factory: string,
  alternatives: Readonly<Record<string, unknown>>,
  cure: string,
): void {
  if (Object.values(alternatives).filter((value) => value !== undefined).length === 1) return;
  const fault = `It needs either ${Object.keys(alternatives).join(' or ')}, not both.`;
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: `${factory}()`, fault, cure }]);
}

/** Makes the function that reads the roles and scopes of a guard's users. */
export function makeReadGrants<User>({
  roles = readRoles,
  scopes = readScopes,
}: GuardOptions<User>): (user: unknown) => Grants {
  return (user) => ({ roles: toList(roles(user as User)), scopes: toList(scopes(user as User)) });
}

/** A text grants nothing, because `'superadmin'.includes('admin')` holds. */
function toList(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function readRoles(user: unknown): readonly string[] {
  return toList((user as { readonly roles?: unknown } | undefined)?.roles);
}

function readScopes(user: unknown): readonly string[] {
  const { scopes, scope } = (user ?? {}) as { readonly scopes?: unknown; readonly scope?: unknown };
  return typeof scope === 'string' && scopes === undefined ? scope.split(' ') : toList(scopes);
}
