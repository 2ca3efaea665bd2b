import {
  isBooleanOption,
  isFunctionOption,
  type MaybePromise,
  type OptionRule,
  type OptionRules,
} from '@sluice/core';
import type { Grants } from './user';

/** What `verify` may answer: the user, or nothing for credentials that are not good. */
export type Verified<User> = MaybePromise<User | undefined | null | false>;

/** Options that every guard has. */
export interface GuardOptions<User> {
  /** What the credentials are for, as a browser or a log may show it. Default: `api`. */
  readonly realm?: string;
  /** Lets requests without any credentials in, without a user, where the route asks for no role or scope. Default: false. */
  readonly optional?: boolean;
  /** The roles of a user. Default: its `roles`, if that is a list. */
  readonly roles?: (user: User) => readonly string[];
  /** The scopes of a user. Default: its `scopes` if that is a list, else its `scope` taken apart at the spaces (RFC 8693 §4.2). */
  readonly scopes?: (user: User) => readonly string[];
}

/** What can stand in a quoted-string of a challenge without being mangled. */
const isRealm: OptionRule = (value) =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? undefined : 'must be printable ASCII text';

export const GUARD_RULES: OptionRules = {
  realm: isRealm,
  optional: isBooleanOption,
  roles: isFunctionOption,
  scopes: isFunctionOption,
};

/** Makes what reads the grants of a guard's users. What is no list grants nothing: text has parts that look like roles. */
export function makeReadGrants<User>({
  roles = readRoles,
  scopes = readScopes,
}: GuardOptions<User>): (user: unknown) => Grants {
  return (user) => ({ roles: toList(roles(user as User)), scopes: toList(scopes(user as User)) });
}

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
