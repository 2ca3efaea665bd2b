import { accessLog } from '@sluice/access-log';
import { cacheControl } from '@sluice/cache-control';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { httpsRedirect } from '@sluice/https-redirect';
import { ipFilter } from '@sluice/ip-filter';
import { metrics } from '@sluice/metrics';
import { requestContext } from '@sluice/request-context';
import { requestId } from '@sluice/request-id';
import { securityHeaders } from '@sluice/security-headers';
import { secureDefaults } from '@sluice/secure-defaults';
import type { AppOptions, Context, Middleware, MiddlewareLike, Next } from '@sluice/core';
import { rateLimit } from '@sluice/rate-limit';
import { responseCache } from '@sluice/response-cache';
import { staticFiles } from '@sluice/static';
import { timeout } from '@sluice/timeout';
import { tracing } from '@sluice/tracing';
import { underPressure } from '@sluice/under-pressure';
import { FeaturesController, SessionController } from './sluice-features.js';
import { registerDroppingSdk } from './sluice-tracing.js';
import { middleware, stack } from './sluice-stack.js';
import { STATIC_ROOT } from './static-root.js';

class PassOn implements Middleware {
  readonly name = 'passOn';

  handle(_context: Context, next: Next) {
    return next();
  }
}

async function passOnLater(_context: Context, next: Next) {
  await next();
}

const sessions = { controllers: [SessionController], middleware: [middleware.session] };

/** The difference from an application without middleware, by the name of the feature. */
const features: Record<string, AppOptions> = {
  'function-middleware': apply((_context: Context, next: Next) => next()),
  'class-middleware': apply(PassOn),
  'async-middleware': apply(passOnLater),
  'trusted-host': apply(middleware.trustedHost),
  'https-redirect': apply(httpsRedirect({ trustProxy: ['127.0.0.1'] })),
  'ip-filter': apply(ipFilter({ allow: ['loopback', '203.0.113.0/24'], deny: ['10.9.0.0/16'] })),
  'rate-limit': apply(rateLimit({ limit: 1_000_000_000, window: 60 })),
  'under-pressure': apply(underPressure({ maxEventLoopDelayMs: 10_000, maxInFlight: 100_000 })),
  cors: apply(middleware.cors),
  gzip: apply(middleware.gzip),
  'security-headers': apply(securityHeaders()),
  csrf: apply(csrf()),
  'session-unread': apply(middleware.session),
  'session-read': sessions,
  'session-written': sessions,
  'request-id': apply(requestId()),
  'request-context': apply(requestContext()),
  'access-log': apply(accessLog({ logger: { info: drop, warn: drop, error: drop } })),
  metrics: apply(metrics()),
  'tracing-without-sdk': apply(tracing()),
  tracing: apply(tracing({ required: true })),
  timeout: apply(timeout({ afterMs: 10_000 })),
  etag: apply(etag()),
  'cache-control': apply(cacheControl({ private: true, maxAge: 60 })),
  'response-cache': apply(responseCache({ ttl: 3600 })),
  'static-file': apply(staticFiles({ root: STATIC_ROOT })),
  'secure-defaults': {
    middleware: secureDefaults({
      trustedHost: { allowedHosts: ['127.0.0.1'] },
      accessLog: { logger: { info() {}, warn() {}, error() {} } },
      rateLimit: { limit: 1_000_000_000, window: 60 },
    }),
  },
  stack: { controllers: [SessionController], middleware: stack },
};

function drop(): void {}

function apply(one: MiddlewareLike): AppOptions {
  return { middleware: [one] };
}

/** The application whose cost a row of the suite is. */
export function createCosts(feature: string): AppOptions {
  if (feature === 'tracing') registerDroppingSdk();
  return { controllers: [FeaturesController], ...features[feature] };
}
