import { UseMiddleware } from '@sluice/core';
import { timeout } from './timeout';

/**
 * `@UseMiddleware(timeout({ afterMs }))` in one word, for a class or a method. It replaces the one of the application.
 *
 * @throws ConfigurationError when the time is invalid
 * @example @Timeout(60_000)
 */
export function Timeout(afterMs: number): ClassDecorator & MethodDecorator {
  return UseMiddleware(timeout({ afterMs }));
}
