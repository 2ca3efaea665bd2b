import { afterwards, type Middleware } from '@sluice/core';
import { checkRoute } from './check-route';
import { checkSessionOptions } from './check-session-options';
import { cookieKeeper } from './cookie-keeper';
import { REQUEST_SESSION, RequestSession } from './request-session';
import { resolveOptions, type ResolvedSessionOptions, type SessionOptions } from './session-options';
import { makeSettings } from './session-settings';
import { storeKeeper } from './store/store-keeper';

/**
 * Sessions: data that comes back with the next request of the same browser, in a signed or encrypted cookie or in a
 * store. Nothing is verified until the session is read, and no cookie is sent unless the session changed.
 *
 * @throws ConfigurationError when an option is missing, unknown or invalid, or when options contradict each other
 * @example createApp({ middleware: [session({ secretKey: process.env.SESSION_SECRET })] })
 */
export function session(options: SessionOptions): Middleware {
  checkSessionOptions(options);
  const resolved = resolveOptions(options);
  const { store } = resolved;
  const settings = makeSettings(resolved);
  const keeper = store === undefined ? cookieKeeper(settings) : storeKeeper(settings, { ...resolved, store });
  const middleware: Middleware = {
    name: 'session',
    layer: 'session',
    options: describeOptions(resolved),
    ...(settings.isReissued && { notice: explainRevival(resolved) }),
    ...(options.httpsOnly === undefined && { noticeOverHttps: explainPlainHttp(resolved) }),
    ...(store?.keepsInProcess === true && { keepsInProcess: KEPT_SESSIONS }),
    addsHeaderBytes: settings.cookieBytes,
    ...(store !== undefined && { describes: STORE_FAILURE }),
    handle(context, next) {
      const outer = context.get(REQUEST_SESSION);
      const inner = new RequestSession(context, settings, keeper, outer);
      context.set(REQUEST_SESSION, inner);
      return afterwards(next(), () => {
        if (outer !== undefined) context.set(REQUEST_SESSION, outer);
        return inner.finish();
      });
    },
  };
  return {
    ...middleware,
    prepare(route) {
      checkRoute(route, resolved);
      return middleware;
    },
  };
}

const STORE_FAILURE = { statuses: { 503: { description: 'The store of the sessions does not answer.' } } };

const KEPT_SESSIONS = {
  what: 'sessions',
  cure: 'Give session() a store that all workers share, such as one in SQLite or Redis, or no store: cookies need none.',
};

function explainRevival({ sessionCookie, rolling }: ResolvedSessionOptions): string {
  const option = rolling ? 'rolling' : 'idleTimeout';
  return (
    `The session ${JSON.stringify(sessionCookie)} has ${option} and no store: a request that only reads it sets the cookie ` +
    'again, and so brings back a session that another request ends at the same time, at a logout. ' +
    `With session({ store }) that cannot happen. Otherwise leave ${option} out.`
  );
}

function explainPlainHttp({ sessionCookie }: ResolvedSessionOptions): string {
  return (
    `Browsers send the cookie of the session ${JSON.stringify(sessionCookie)} over plain HTTP too, where others can read ` +
    'it, because httpsOnly is not set. Write session({ httpsOnly: true }) for clients that use HTTPS, otherwise ' +
    'httpsOnly: false.'
  );
}

/** The options that the plan shows: never the secret, and only whether there is a store. */
function describeOptions(options: ResolvedSessionOptions): Readonly<Record<string, unknown>> {
  const { secretKey: _, store, userOf, regenerateGrace, onConflict, ...printable } = options;
  return Object.freeze({
    ...printable,
    store: store !== undefined,
    ...(store !== undefined && { regenerateGrace, onConflict, userOf: userOf !== undefined }),
  });
}
