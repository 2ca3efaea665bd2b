import { accessLog } from '@sluice/access-log';
import { cacheControl } from '@sluice/cache-control';
import { compression } from '@sluice/compression';
import type { AppOptions } from '@sluice/core';
import { cors } from '@sluice/cors';
import { csrf } from '@sluice/csrf';
import { etag } from '@sluice/etag';
import { health } from '@sluice/health';
import { httpsRedirect } from '@sluice/https-redirect';
import { ipFilter } from '@sluice/ip-filter';
import { metrics } from '@sluice/metrics';
import { rateLimit } from '@sluice/rate-limit';
import { requestContext } from '@sluice/request-context';
import { requestId } from '@sluice/request-id';
import { responseCache } from '@sluice/response-cache';
import { securityHeaders } from '@sluice/security-headers';
import { session } from '@sluice/session';
import { staticFiles } from '@sluice/static';
import { timeout } from '@sluice/timeout';
import { tracing } from '@sluice/tracing';
import { trustedHost } from '@sluice/trusted-host';
import { underPressure } from '@sluice/under-pressure';
import { ALLOWED_HOSTS } from '../workloads/payloads.js';
import { PlainController } from './sluice-plain.js';
import { STATIC_ROOT } from './static-root.js';

const drop = (): void => undefined;

/** All middleware of the repository together, in the recommended order. */
export const family: AppOptions = {
  controllers: [PlainController],
  routes: health(),
  middleware: [
    requestId(),
    requestContext(),
    metrics(),
    tracing(),
    accessLog({ logger: { info: drop, warn: drop, error: drop } }),
    trustedHost({ allowedHosts: ALLOWED_HOSTS }),
    ipFilter({ allow: ['loopback'] }),
    httpsRedirect({ exclude: ['/*'] }),
    securityHeaders(),
    cors({ allowOrigins: ['https://other.example'] }),
    rateLimit({ limit: 1_000_000_000, window: 60 }),
    underPressure({ maxEventLoopDelayMs: 10_000, maxInFlight: 100_000 }),
    timeout({ afterMs: 10_000 }),
    compression(),
    etag(),
    cacheControl({ private: true }),
    staticFiles({ root: STATIC_ROOT }),
    session({ secretKey: 'a secret for benchmarks that is long enough' }),
    csrf(),
    responseCache({ ttl: 60 }),
  ],
};
