import { ConfigurationError, forbidden, type HttpError, type RouteInfo } from '@sluice/core';
import { isPublic, PUBLIC, ROLES, SCOPES } from './access-marks';
import type { Grants } from './user';

/** What a route asks of its user. Made at start-up. */
export interface AccessRule {
  /** One role of each list. */
  readonly roles: readonly (readonly string[])[];
  /** Each of them. */
  readonly scopes: readonly string[];
}

/** The rule of a route; undefined where it is public. Throws ConfigurationError where its decorators contradict one another. */
export function readAccessRule({ marks, name }: RouteInfo): AccessRule | undefined {
  for (const scope of ['method', 'controller'] as const) {
    const isRuled = marks.all(ROLES, scope).length + marks.all(SCOPES, scope).length > 0;
    if (isRuled && marks.all(PUBLIC, scope).length > 0) throw contradiction(name);
  }
  if (isPublic(marks)) return undefined;
  return { roles: marks.all(ROLES), scopes: [...new Set(marks.all(SCOPES).flat())] };
}

/** Answers whether the rule lets everybody pass whom the guard knows. */
export function isEmptyRule({ roles, scopes }: AccessRule): boolean {
  return roles.length === 0 && scopes.length === 0;
}

/** What keeps a user out; undefined where nothing does. */
export function findRefusal(
  rule: AccessRule,
  { roles, scopes }: Grants,
  headers?: Readonly<Record<string, string>>,
): HttpError | undefined {
  if (!rule.scopes.every((scope) => scopes.includes(scope))) {
    const detail = 'The credentials do not reach as far as this.';
    return forbidden({ code: 'insufficient_scope', detail, ...(headers && { headers }) });
  }
  if (rule.roles.every((list) => list.some((role) => roles.includes(role)))) return undefined;
  return forbidden({ code: 'insufficient_role', detail: 'Your account may not do this.' });
}

function contradiction(place: string): ConfigurationError {
  const fault = '@Public stands beside @Roles or @Scopes: the route would be for everybody, and not.';
  const cure = 'Take one of them away.';
  return new ConfigurationError([{ code: 'DECORATOR_MISPLACED', place, fault, cure }]);
}
