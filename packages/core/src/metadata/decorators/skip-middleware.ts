import { metadata } from '../metadata';
import { makeSkip } from '../skip-record';

/**
 * Leaves out the middleware of these names that are further out: those of the application, and on a method also those of
 * its class. A name that no such middleware has, or that of a guard, refuses to start.
 *
 * @param names as the plan prints them; `'rate-limit'` means `rateLimit` too
 * @example @SkipMiddleware('rateLimit')
 */
export function SkipMiddleware(...names: string[]): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    metadata.middleware.prepend(names.map(makeSkip), target, property);
}
