import { ConfigurationError, Mark, routeMark, type MarkScope, type RouteMarks } from '@sluice/core';

/** Marks a route that every request may reach. */
export const PUBLIC = routeMark<true>('public');
/** A list of roles, of which the user must have at least one; from several lists, at least one of each. */
export const ROLES = routeMark<readonly string[]>('roles', { needs: needsGuard });
/** Scopes, all of which the user must have. */
export const SCOPES = routeMark<readonly string[]>('scopes', { needs: needsGuard });

type RouteDecorator = ClassDecorator & MethodDecorator;

/** Makes a route, or every route of a class, public: guards let all its requests through. On a method it overrides the rules of the class. */
export function Public(): RouteDecorator {
  return Mark(PUBLIC, true);
}

/**
 * Admits users who have at least one of the roles. If the class and the method (or several decorators) name roles, the
 * user needs one of each list. A route without a guard refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a role
 */
export function Roles(...roles: readonly string[]): RouteDecorator {
  return Mark(ROLES, checkNames('@Roles', roles, /\S/));
}

/**
 * Admits users who have every scope that the class and the method name. A route without a guard refuses to start.
 *
 * @throws ConfigurationError OPTION_INVALID without a scope, or for a name that is not a scope-token (RFC 6749 §3.3)
 */
export function Scopes(...scopes: readonly string[]): RouteDecorator {
  return Mark(SCOPES, checkNames('@Scopes', scopes, SCOPE_TOKEN));
}

/** A scope-token (RFC 6749 §3.3). */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Returns the names. Throws ConfigurationError for an empty list, which would admit either every user or none. */
export function checkNames(place: string, names: readonly unknown[], form: RegExp): readonly string[] {
  if (names.length > 0 && names.every((name) => typeof name === 'string' && form.test(name)))
    return names as readonly string[];
  const fault = 'It needs at least one name, and every argument must be a valid name.';
  const cure = `Write ${place}('admin').`;
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place, fault, cure }]);
}

function needsGuard(marks: RouteMarks): string | undefined {
  return isPublic(marks) ? undefined : 'authorization';
}

/** Whether a route is public. The method wins over its class; in one place, roles and scopes win over `@Public`. */
export function isPublic(marks: RouteMarks): boolean {
  if (marks.get(PUBLIC) !== true) return false;
  if (hasRule(marks, 'method')) return false;
  return hasPublic(marks, 'method') || !hasRule(marks, 'controller');
}

/** Whether `@Roles` or `@Scopes` is on the class or method itself. */
export function hasRule(marks: RouteMarks, scope: MarkScope): boolean {
  return marks.all(ROLES, scope).length > 0 || marks.all(SCOPES, scope).length > 0;
}

/** Whether `@Public` is on the class or method itself. */
export function hasPublic(marks: RouteMarks, scope: MarkScope): boolean {
  return marks.all(PUBLIC, scope).length > 0;
}

/** Whether the `@Public` of a parent's method would override a rule of a class that is nearer to the controller. */
export function isOpenedByParent(marks: RouteMarks): boolean {
  const opening = marks.findPlaced(PUBLIC, 'method').at(-1);
  if (opening === undefined) return false;
  const rules = [ROLES, SCOPES].flatMap((mark) => marks.findPlaced(mark, 'controller'));
  return rules.some(({ distance }) => distance < opening.distance);
}
