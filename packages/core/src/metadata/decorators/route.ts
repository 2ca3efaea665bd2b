import type { RouteMethod } from '../../routing/http-method';
import { metadata } from '../metadata';
import { checkCalled } from '../misplaced-decorator';

function makeRouteDecorator(name: string, method: RouteMethod): (path?: string) => MethodDecorator {
  return (...given) => {
    checkCalled(name, given);
    const [path = '/'] = given;
    return (prototype, property) => metadata.routes.prepend([{ method, path }], prototype, property);
  };
}

/**
 * Answers GET on the path, by default `/`, and HEAD unless another route does. The decorators of the other methods work
 * in the same way.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a static method, and without its parentheses
 * @example @Get('/:id') show(@Param('id') id: number) { … }
 */
export const Get = makeRouteDecorator('Get', 'GET');
/** Answers POST on the path. */
export const Post = makeRouteDecorator('Post', 'POST');
/** Answers PUT on the path. */
export const Put = makeRouteDecorator('Put', 'PUT');
/** Answers PATCH on the path. */
export const Patch = makeRouteDecorator('Patch', 'PATCH');
/** Answers DELETE on the path. */
export const Delete = makeRouteDecorator('Delete', 'DELETE');
/** Answers HEAD on the path, in place of its GET route. */
export const Head = makeRouteDecorator('Head', 'HEAD');
/** Answers OPTIONS on the path, CORS preflights included, in place of the automatic answer. */
export const Options = makeRouteDecorator('Options', 'OPTIONS');
/** Answers every method for which the path has no other route. */
export const All = makeRouteDecorator('All', 'ALL');
