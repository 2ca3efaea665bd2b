import type { RouteMethod } from '../http/http-method';
import { prependRecords } from './write-record';

function makeRouteDecorator(method: RouteMethod): (path?: string) => MethodDecorator {
  return (path = '/') =>
    (prototype, property) =>
      prependRecords('routes', [{ method, path }], prototype, property);
}

/** Answers GET on the path, and HEAD unless another route does. */
export const Get = makeRouteDecorator('GET');
/** Answers POST on the path. */
export const Post = makeRouteDecorator('POST');
/** Answers PUT on the path. */
export const Put = makeRouteDecorator('PUT');
/** Answers PATCH on the path. */
export const Patch = makeRouteDecorator('PATCH');
/** Answers DELETE on the path. */
export const Delete = makeRouteDecorator('DELETE');
/** Answers HEAD on the path, in place of the GET route there. */
export const Head = makeRouteDecorator('HEAD');
/** Answers OPTIONS on the path, CORS preflights included, in place of the automatic answer. */
export const Options = makeRouteDecorator('OPTIONS');
/** Answers every method on the path that no other route of the same path answers. */
export const All = makeRouteDecorator('ALL');
