import { UseMiddleware } from '@sluice/core';
import { makeRateLimit } from './rate-limit';
import type { RateLimitOptions } from './rate-limit-options';

/**
 * Limits the requests to one route, or to all routes of a class together. In the headers, the limit has the name of the
 * method or class; a shared store separates it from limits of other classes and methods.
 *
 * @throws ConfigurationError when an option is unknown, missing or invalid
 * @example @Post('/login') @RateLimit({ limit: 5, window: 60 }) login() { … }
 */
export function RateLimit(options: RateLimitOptions): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) => {
    const owner = typeof target === 'function' ? target.name : target.constructor.name;
    const member = property === undefined ? owner : String(property);
    const scope = property === undefined ? '' : owner;
    const name = /^[\w.-]{1,64}$/.test(member) ? member : 'default';
    UseMiddleware(makeRateLimit(options, name, scope))(target, property!, undefined!);
  };
}
