import type { Context, MaybePromise, Middleware, RouteInfo, StepDescription } from '@sluice/core';
import { describeFunction } from '@sluice/core/kit';
import { CACHE_TAGS } from './cache-tags';
import { TAG_HEADER, TAGS_HEADER } from './described-tags';
import { readDirectives } from './request-directives';
import { checkCacheOptions, type ResponseCacheOptions } from './response-cache-options';
import { RouteCache, type RouteSettings } from './route-cache';
import type { PurgeRequest } from './store/cache-store';
import { GuardedStore } from './store/guarded-store';
import { memoryCache } from './store/memory-cache';
import { nameTags } from './store/purged-names';

/** The middleware of `responseCache`. */
export interface ResponseCache extends Middleware {
  /** The same as that of its store. */
  purge(request: PurgeRequest): MaybePromise<void>;
}

/**
 * Keeps replies to GET and answers with them. No user gets the reply of another: it must be inside every guard and
 * session; replies with Set-Cookie, `private`, `no-store` or `no-cache` are never kept, and replies to requests with
 * Authorization and replies that depend on cookies only if `varyBy` names the user. It replaces one further out.
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid
 * @example @UseMiddleware(responseCache({ ttl: 60, staleWhileRevalidate: 600 }))
 */
export function responseCache(options: ResponseCacheOptions): ResponseCache {
  checkCacheOptions(options);
  const store = options.store ?? memoryCache();
  const { settings, printable } = resolve(options, new GuardedStore(store));
  const middleware: Middleware = {
    name: 'responseCache',
    options: Object.freeze({ ...printable, store: store.name }),
    inside: ['guard', 'session'],
    layer: 'store',
    replaces: true,
    describes: describeCache(settings),
    ...(!store.isShared && { keepsInProcess: KEPT_REPLIES }),
    handle: (_context, next) => next(),
  };
  return {
    ...middleware,
    purge: (request) => store.purge(request),
    prepare(route) {
      if (!canBeKept(route)) return null;
      const tagNames = nameTags(route.marks.all(CACHE_TAGS).flat());
      let hasLeaverInside = false;
      const isLeft = ({ isInnerLeft }: Context): boolean => isInnerLeft && !hasLeaverInside;
      const cache = new RouteCache(route, { ...settings, tagNames, isLeft });
      return {
        ...middleware,
        aroundSteps({ leavesInner }) {
          // The answer of a timeout further in is the reply of the steps inside, for which the cache still waits.
          if (leavesInner === true) hasLeaverInside = true;
          return undefined;
        },
        handle: (context, next) => cache.handle(context, next),
      };
    },
  };
}

const KEPT_REPLIES = {
  what: 'replies',
  cure: 'Give it a store that all workers share: redisCache({ … }). Otherwise each of them makes every reply itself, and a purge reaches only one.',
};

/** A route of HEAD alone has no body to keep. */
function canBeKept({ kind, method }: RouteInfo): boolean {
  return kind === 'route' && (method === 'GET' || method === 'ALL');
}

/** The settings that all routes have in common. */
type CacheSettings = Omit<RouteSettings, 'tagNames' | 'isLeft'>;

function resolve(
  options: ResponseCacheOptions,
  store: GuardedStore,
): { settings: CacheSettings; printable: Readonly<Record<string, unknown>> } {
  const { ttl, staleWhileRevalidate = 0, staleIfError = 0, statuses = [], varyBy, query } = options;
  const { byHost = true, obeyRequest = false, etag = true, cacheStatus = 'sluice' } = options;
  const { maxWaitMs = 10_000 } = options;
  const maxEntryBytes = Math.min(options.maxEntryBytes ?? 1024 * 1024, store.inner.maxBytes ?? Infinity);
  const lifetime = Object.freeze({ ttl, staleWhileRevalidate, staleIfError });
  const statusName = cacheStatus === false ? undefined : cacheStatus;
  return {
    settings: {
      store,
      lifetime,
      statuses: new Set(statuses),
      varyBy,
      isPerUser: varyBy !== undefined,
      obeysReply: true,
      query,
      byHost,
      readDirectives: obeyRequest ? readDirectives : undefined,
      addsEtag: etag,
      maxEntryBytes,
      maxWaitMs,
      statusName,
    },
    printable: {
      ...lifetime,
      statuses: [...statuses],
      ...(varyBy && { varyBy: describeFunction(varyBy) }),
      ...(query && { query: [...query] }),
      byHost,
      obeyRequest,
      etag,
      maxEntryBytes,
      maxWaitMs,
      cacheStatus,
    },
  };
}

function describeCache({ statusName, readDirectives: directives, addsEtag }: CacheSettings): StepDescription {
  return {
    statuses: {
      304: { description: 'The client has this state already.', ...(addsEtag && { headers: TAG_HEADER }) },
      ...(directives && {
        504: { description: 'There is no fresh reply, and the client accepts no other.' },
      }),
    },
    ...(addsEtag && { requestHeaders: TAGS_HEADER }),
    headers: {
      ...(addsEtag && TAG_HEADER),
      Age: { type: 'integer', description: 'Seconds since the reply was made, if it comes from the cache.' },
      ...(statusName !== undefined && {
        'Cache-Status': { description: 'Whether the reply comes from the cache (RFC 9211).' },
      }),
    },
  };
}
