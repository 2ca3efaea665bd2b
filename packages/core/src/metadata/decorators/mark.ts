import type { RouteMark } from '../../routing/route-mark';
import { metadata } from '../metadata';

/**
 * Marks every route of a class, or one method, with a value that middleware and tools read at start-up:
 * `prepare(route) { route.marks.get(ROLES) }`. It does nothing while requests run.
 *
 * @example export const Roles = (...roles: string[]) => Mark(ROLES, roles);
 */
export function Mark<T>(mark: RouteMark<T>, value: T): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    metadata.marks.prepend([mark.of(value)], target, property);
}
