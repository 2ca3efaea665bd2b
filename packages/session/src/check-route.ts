import { ConfigurationError, type RouteInfo } from '@sluice/core';
import type { ResolvedSessionOptions } from './session-options';

type CheckedOptions = Pick<ResolvedSessionOptions, 'sessionCookie' | 'path'>;

/** The cookie names of the session middleware round each route. Each compilation of an application makes new routes. */
const NAMES = new WeakMap<RouteInfo, Set<string>>();

/**
 * Checks that a route can have a session: no other session round it has the same cookie, and the browser sends the cookie
 * to its path.
 *
 * @throws ConfigurationError MIDDLEWARE_CONFLICT
 */
export function checkRoute(route: RouteInfo, { sessionCookie, path }: CheckedOptions): void {
  if (route.kind === 'fallback') return;
  const name = JSON.stringify(sessionCookie);
  const names = NAMES.get(route) ?? new Set();
  if (names.has(sessionCookie))
    refuse(
      route,
      `Two session middleware with the cookie ${name} run on it, and each overwrites the cookie of the other.`,
      'Leave one of them out, or give them different names with sessionCookie.',
    );
  NAMES.set(route, names.add(sessionCookie));
  const outside = (route.basePath ?? '').replace(/\/$/, '') + route.path;
  if (!canReach(path, outside))
    refuse(
      route,
      `The session has path: ${JSON.stringify(path)}, so a browser never sends its cookie ${name} to ${outside}.`,
      'Change path, or give the session to the controllers below it with @UseMiddleware(session({ … })). ' +
        'If a proxy removes the start of the path, or the application is mounted, name it with createApp({ basePath }).',
    );
}

function refuse({ name: place }: RouteInfo, fault: string, cure: string): never {
  throw new ConfigurationError([{ code: 'MIDDLEWARE_CONFLICT', place, fault, cure }]);
}

/** Whether the cookie's path matches the path of some request that the route answers (RFC 6265bis §5.1.4). */
export function canReach(cookiePath: string, routePath: string): boolean {
  const wanted = cookiePath.split('/').slice(1);
  // `/app/` matches what is below it, but not `/app`.
  const isBelow = wanted.at(-1) === '';
  if (isBelow) wanted.pop();
  const segments = routePath.split('/').slice(1);
  for (const [index, segment] of wanted.entries()) {
    const given = segments[index];
    if (given === '*') return true;
    if (given === undefined || (!given.startsWith(':') && given !== segment)) return false;
  }
  return !isBelow || segments.length > wanted.length;
}
