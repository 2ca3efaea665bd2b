import {
  afterwards,
  ConfigurationError,
  UseMiddleware,
  type Context,
  type Middleware,
  type Next,
  type RouteInfo,
} from '@sluice/core';
import { TAG_HEADER, TAGS_HEADER } from './described-tags';
import { CacheEntry } from './reply/cache-entry';
import { captureReply } from './reply/capture-reply';
import { HeaderSnapshot } from './reply/stored-reply';

/** There is one of each route, and the program itself makes it. */
const SETTINGS = {
  lifetime: { ttl: Infinity, staleWhileRevalidate: 0, staleIfError: 0 },
  statuses: new Set<number>(),
  maxEntryBytes: Infinity,
  addsEtag: true,
  obeysReply: false,
  isPerUser: false,
};

/**
 * Makes the reply of a route once, when the application starts, and sends the same bytes to every GET and HEAD, whatever
 * its query and headers are. Like `responseCache` it must be inside every guard and session.
 *
 * @throws ConfigurationError at start-up, for a path with parameters, and for a reply that cannot be kept
 * @example @UseMiddleware(immutable())
 */
export function immutable(): Middleware {
  const middleware: Middleware = {
    name: 'immutable',
    inside: ['guard', 'session'],
    layer: 'store',
    runsAtStart: true,
    describes: {
      statuses: { 304: { description: 'The client has it already.', headers: TAG_HEADER } },
      headers: TAG_HEADER,
      requestHeaders: TAGS_HEADER,
    },
    handle: (_context, next) => next(),
  };
  return {
    ...middleware,
    prepare(route) {
      if (route.kind !== 'route' || (route.method !== 'GET' && route.method !== 'ALL')) return null;
      checkPath(route);
      const reply = new FixedReply();
      return { ...middleware, handle: (context, next) => reply.handle(context, next) };
    },
  };
}

/**
 * `@UseMiddleware(immutable())` in one word, for a class or a method.
 *
 * @example @Immutable()
 */
export function Immutable(): ClassDecorator & MethodDecorator {
  return UseMiddleware(immutable());
}

function checkPath({ name: place, path }: RouteInfo): void {
  if (!/[:*]/.test(path)) return;
  const fault = `The path ${path} has parameters, so its reply cannot be made when the application starts.`;
  const cure = 'Use responseCache({ ttl: … }) for it, or a path without them.';
  throw new ConfigurationError([{ code: 'MIDDLEWARE_CONFLICT', place, fault, cure }]);
}

/** The reply of one route. */
class FixedReply {
  private entry: CacheEntry | undefined;

  handle(context: Context, next: Next): unknown {
    const { method } = context.request;
    if (method !== 'GET' && method !== 'HEAD') return next();
    if (this.entry === undefined) return this.make(context, next);
    this.entry.answer(context, 0, true);
    return undefined;
  }

  private make(context: Context, next: Next): unknown {
    const before = new HeaderSnapshot(context.response);
    return afterwards(next(), () => this.keep(context, before));
  }

  private keep(context: Context, before: HeaderSnapshot): void {
    const { response, error } = context;
    if (error !== undefined) return;
    const vary = response.headers.get('Vary');
    const captured = captureReply(context, before, vary, SETTINGS);
    const obstacle = 'obstacle' in captured ? captured.obstacle : vary === undefined ? undefined : 'vary';
    if (obstacle !== undefined) throw new Error(`Its reply is not the same for everybody (${obstacle}).`);
    if ('reply' in captured)
      this.entry = new CacheEntry(captured.reply, SETTINGS.lifetime, 0, 0, [], undefined);
  }
}
