import type { MiddlewareLike } from '../../http/middleware';
import { prependRecords } from '../write-record';

/**
 * Puts middleware round every route of a class, or round one method; first = outermost, and
 * the application's run outside the class's, those outside the method's.
 *
 * @example @UseMiddleware(cors({ allowOrigins: ['https://app.example'] }), Audit)
 */
export function UseMiddleware(...middleware: MiddlewareLike[]): ClassDecorator & MethodDecorator {
  return (target: object, property?: string | symbol) =>
    prependRecords('middleware', middleware, target, property);
}
