import { ConfigurationError, Mark, routeMark, type RouteMarks } from '@sluice/core';

/** Says that a route is for everybody. */
export const PUBLIC = routeMark<true>('public');
/** The roles one of which a user must have; of several such lists, one of each. */
export const ROLES = routeMark<readonly string[]>('roles', { needs: needsGuard });
/** The scopes all of which a user must have. */
export const SCOPES = routeMark<readonly string[]>('scopes', { needs: needsGuard });

type RouteDecorator = ClassDecorator & MethodDecorator;

/** Lets a route, or all of a class, pass by the guards round it. On a method it outdoes what the class says. */
export function Public(): RouteDecorator {
  return Mark(PUBLIC, true);
}

/**
 * Lets users pass who have one of the roles. Where class and method (or several decorators) name roles, the user
 * needs one of each. A route without a guard refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a role
 */
export function Roles(...roles: readonly string[]): RouteDecorator {
  return Mark(ROLES, checkNames('@Roles', roles, /\S/));
}

/**
 * Lets users pass who have every scope that class and method name. A route without a guard refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a scope, or for what is no scope-token (RFC 6749 §3.3)
 */
export function Scopes(...scopes: readonly string[]): RouteDecorator {
  return Mark(SCOPES, checkNames('@Scopes', scopes, SCOPE_TOKEN));
}

/** A scope-token (RFC 6749 §3.3). */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** The names themselves, checked: an empty list would let everybody in, or nobody. */
export function checkNames(place: string, names: readonly unknown[], form: RegExp): readonly string[] {
  if (names.length > 0 && names.every((name) => typeof name === 'string' && form.test(name)))
    return names as readonly string[];
  const fault = 'It names nothing, or something that is no name.';
  const cure = `Write ${place}('admin').`;
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place, fault, cure }]);
}

function needsGuard(marks: RouteMarks): string | undefined {
  return isPublic(marks) ? undefined : 'authorization';
}

/** Answers whether a route is for everybody: the method's word counts before the class's, and a rule before `@Public`. */
export function isPublic(marks: RouteMarks): boolean {
  for (const scope of ['method', 'controller'] as const) {
    if (marks.all(ROLES, scope).length + marks.all(SCOPES, scope).length > 0) return false;
    if (marks.get(PUBLIC) && marks.all(PUBLIC, scope).length > 0) return true;
  }
  return false;
}
