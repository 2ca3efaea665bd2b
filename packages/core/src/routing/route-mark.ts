import type { RouteMarks } from './route-marks';

/** A value and the mark it is said under, for plain routes: `marks: [ROLES.of(['admin'])]`. */
export interface MarkedValue {
  readonly mark: RouteMark<unknown>;
  readonly value: unknown;
}

/** A typed name under which decorators say something about a route: `@Mark(ROLES, ['admin'])`. Make it with `routeMark`. */
export interface RouteMark<T> {
  readonly name: string;
  readonly needs?: RouteMarkNeeds;
  /** The value under this mark, for a route without a class. */
  of(value: T): MarkedValue;
}

/** The name of what a middleware provides, without which a route so marked refuses to start; or what decides it. */
export type RouteMarkNeeds = string | ((marks: RouteMarks) => string | undefined);

/**
 * Makes a mark. Two marks are never the same, whatever their names: the name is for messages and the printed plan.
 *
 * @param options `needs`: the name of a middleware, or of what one `provides`: a marked route without it refuses to start
 * @example export const ROLES = routeMark<readonly string[]>('roles');
 */
export function routeMark<T>(name: string, options: { readonly needs?: RouteMarkNeeds } = {}): RouteMark<T> {
  const mark: RouteMark<T> = Object.freeze({
    name,
    ...options,
    of: (value: T): MarkedValue => Object.freeze({ mark, value }),
  });
  return mark;
}
