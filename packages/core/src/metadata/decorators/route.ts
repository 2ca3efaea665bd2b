import type { RouteMethod } from '../../routing/http-method';
import { checkCalled } from '../check-called';
import { prependRecords } from '../write-record';

function makeRouteDecorator(name: string, method: RouteMethod): (path?: string) => MethodDecorator {
  return (...given) => {
    checkCalled(name, given);
    const [path = '/'] = given;
    return (prototype, property) => prependRecords('routes', [{ method, path }], prototype, property);
  };
}

/** Answers GET on the path, and HEAD unless another route does. */
export const Get = makeRouteDecorator('Get', 'GET');
/** Answers POST on the path. */
export const Post = makeRouteDecorator('Post', 'POST');
/** Answers PUT on the path. */
export const Put = makeRouteDecorator('Put', 'PUT');
/** Answers PATCH on the path. */
export const Patch = makeRouteDecorator('Patch', 'PATCH');
/** Answers DELETE on the path. */
export const Delete = makeRouteDecorator('Delete', 'DELETE');
/** Answers HEAD on the path, in place of the GET route there. */
export const Head = makeRouteDecorator('Head', 'HEAD');
/** Answers OPTIONS on the path, CORS preflights included, in place of the automatic answer. */
export const Options = makeRouteDecorator('Options', 'OPTIONS');
/** Answers every method on the path that no other route of the same path answers. */
export const All = makeRouteDecorator('All', 'ALL');
