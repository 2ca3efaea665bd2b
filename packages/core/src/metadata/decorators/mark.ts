import type { RouteMark } from '../../routing/route-mark';
import { prependRecords } from '../write-record';

/**
 * Says something about every route of a class, or about one method, for whoever prepares it at start-up:
 * `prepare(route) { route.marks.get(ROLES) }`. Nothing happens at request time.
 *
 * @example export const Roles = (...roles: string[]) => Mark(ROLES, roles);
 */
export function Mark<T>(mark: RouteMark<T>, value: T): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    prependRecords('marks', [mark.of(value)], target, property);
}
