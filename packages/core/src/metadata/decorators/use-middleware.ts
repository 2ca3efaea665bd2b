import type { MiddlewareLike } from '../../http/middleware';
import { metadata } from '../metadata';

/**
 * Wraps every route of a class, or one method, in middleware. The first one is the outermost. The middleware of the
 * application runs outside that of the class, which runs outside that of the method.
 *
 * @example @UseMiddleware(cors({ allowOrigins: ['https://app.example'] }), Audit)
 */
export function UseMiddleware(...middleware: MiddlewareLike[]): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    metadata.middleware.prepend(middleware, target, property);
}
