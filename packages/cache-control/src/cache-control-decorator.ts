import { UseMiddleware } from '@sluice/core';
import { cacheControl, type CacheControlOptions } from './cache-control';

/**
 * `@UseMiddleware(cacheControl({ … }))` in one word, for a class or a method.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or contradicts another one
 * @example @CacheControl({ public: true, maxAge: 3600 })
 */
export function CacheControl(options: CacheControlOptions): ClassDecorator & MethodDecorator {
  return UseMiddleware(cacheControl(options));
}
