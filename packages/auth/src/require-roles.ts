import type { Middleware } from '@sluice/core';
import { checkNames, isPublic, SCOPE_TOKEN } from './access-marks';
import { findRefusal, type AccessRule } from './access-rule';
import { REQUIREMENT } from './describe-guard';
import { readGrants } from './user';

/**
 * Admits users who have at least one of the roles: `@Roles` as a middleware, for a whole application or a plain route.
 * It goes inside a guard; without one the route refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a role
 */
export function requireRoles(...roles: readonly string[]): Middleware {
  return makeRequirement('requireRoles', { roles: [checkNames('requireRoles', roles, /\S/)], scopes: [] });
}

/**
 * Admits users who have all of the scopes: `@Scopes` as a middleware. It goes inside a guard; without one the route
 * refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a scope, or for a name that is not a scope-token (RFC 6749 §3.3)
 */
export function requireScopes(...scopes: readonly string[]): Middleware {
  return makeRequirement('requireScopes', {
    roles: [],
    scopes: checkNames('requireScopes', scopes, SCOPE_TOKEN),
  });
}

function makeRequirement(name: string, rule: AccessRule): Middleware {
  const requirement: Middleware = {
    name,
    options: { roles: rule.roles.flat(), scopes: rule.scopes },
    needs: 'user',
    provides: ['guard'],
    layer: 'guard',
    describes: REQUIREMENT,
    handle(context, next) {
      const refusal = findRefusal(rule, readGrants(context));
      if (refusal !== undefined) throw refusal;
      return next();
    },
  };
  return { ...requirement, prepare: (route) => (isPublic(route.marks) ? null : requirement) };
}
