import { ConfigurationError, forbidden, type HttpError, type RouteInfo } from '@sluice/core';
import { hasPublic, hasRule, isOpenedByParent, isPublic, ROLES, SCOPES } from './access-marks';
import type { Grants } from './user';

/** The roles and scopes that a route requires. Made at start-up. */
export interface AccessRule {
  /** The user needs at least one role of each list. */
  readonly roles: readonly (readonly string[])[];
  /** The user needs all of them. */
  readonly scopes: readonly string[];
}

/** The rule of a route, or undefined if the route is public. Throws ConfigurationError if its decorators contradict each other. */
export function readAccessRule({ marks, name }: RouteInfo): AccessRule | undefined {
  for (const scope of ['method', 'controller'] as const)
    if (hasRule(marks, scope) && hasPublic(marks, scope)) throw contradiction(name);
  if (isOpenedByParent(marks)) throw inheritedPublic(name);
  if (isPublic(marks)) return undefined;
  return { roles: marks.all(ROLES), scopes: [...new Set(marks.all(SCOPES).flat())] };
}

/** Whether every user meets the rule. */
export function isEmptyRule({ roles, scopes }: AccessRule): boolean {
  return roles.length === 0 && scopes.length === 0;
}

/** The error for a user who does not meet the rule, or undefined for one who does. */
export function findRefusal(
  rule: AccessRule,
  { roles, scopes }: Grants,
  headers?: Readonly<Record<string, string>>,
): HttpError | undefined {
  if (!rule.scopes.every((scope) => scopes.includes(scope))) {
    const detail = 'The credentials lack a required scope.';
    return forbidden({ code: 'insufficient_scope', detail, ...(headers && { headers }) });
  }
  if (rule.roles.every((list) => list.some((role) => roles.includes(role)))) return undefined;
  return forbidden({ code: 'insufficient_role', detail: 'Your account lacks a required role.' });
}

function inheritedPublic(place: string): ConfigurationError {
  const fault =
    'Its class has @Roles or @Scopes, but it inherits @Public from a method of a parent class, which would open it.';
  const cure = 'Remove that @Public, or write @Public on the method of this class too.';
  return new ConfigurationError([{ code: 'DECORATOR_MISPLACED', place, fault, cure }]);
}

function contradiction(place: string): ConfigurationError {
  const fault = '@Public and @Roles or @Scopes are on the same class or method, and contradict each other.';
  const cure = 'Remove one of them.';
  return new ConfigurationError([{ code: 'DECORATOR_MISPLACED', place, fault, cure }]);
}
