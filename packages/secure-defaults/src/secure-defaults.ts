import { accessLog, type AccessLogOptions } from '@sluice/access-log';
import { compression, type CompressionOptions } from '@sluice/compression';
import type { Middleware } from '@sluice/core';
import { checkOptions, type OptionRule } from '@sluice/core/kit';
import { cors, type CorsOptions } from '@sluice/cors';
import { csrf, type CsrfOptions } from '@sluice/csrf';
import { etag, type EtagOptions } from '@sluice/etag';
import { httpsRedirect, type HttpsRedirectOptions } from '@sluice/https-redirect';
import { rateLimit, type RateLimitOptions } from '@sluice/rate-limit';
import { requestId, type RequestIdOptions } from '@sluice/request-id';
import { securityHeaders, type SecurityHeadersOptions } from '@sluice/security-headers';
import { session, type SessionOptions } from '@sluice/session';
import { timeout, type TimeoutOptions } from '@sluice/timeout';
import { trustedHost, type TrustedHostOptions } from '@sluice/trusted-host';

/** Options of `secureDefaults`: the options of each middleware, or false to leave it out. */
export interface SecureDefaultsOptions {
  /** The hosts of the service. It has no default: only you know them. */
  readonly trustedHost: TrustedHostOptions | false;
  readonly requestId?: RequestIdOptions | false;
  readonly accessLog?: AccessLogOptions | false;
  /** Left out by default: it is for services whose proxy also passes plain HTTP on. */
  readonly httpsRedirect?: HttpsRedirectOptions | false;
  readonly securityHeaders?: SecurityHeadersOptions | false;
  /** Left out by default: without it, no other origin can read anything. */
  readonly cors?: CorsOptions | false;
  /** Default: 300 requests a minute from an address. */
  readonly rateLimit?: RateLimitOptions | false;
  /** Default: 30 seconds. */
  readonly timeout?: TimeoutOptions | false;
  readonly compression?: CompressionOptions | false;
  readonly etag?: EtagOptions | false;
  /** Left out by default, because it needs a secret. */
  readonly session?: SessionOptions | false;
  readonly csrf?: CsrfOptions | false;
}

/**
 * Makes the recommended middleware of a service, first = outermost: a plain list, to print, to add to and to change.
 *
 * @throws ConfigurationError when an option is unknown, missing or invalid
 * @example createApp({ controllers, middleware: secureDefaults({ trustedHost: { allowedHosts: ['app.example'] } }) })
 */
export function secureDefaults(options: SecureDefaultsOptions): Middleware[] {
  checkOptions('secureDefaults', options, {
    trustedHost: { required: isPart },
    requestId: isPart,
    accessLog: isPart,
    httpsRedirect: isPart,
    securityHeaders: isPart,
    cors: isPart,
    rateLimit: isPart,
    timeout: isPart,
    compression: isPart,
    etag: isPart,
    session: isPart,
    csrf: isPart,
  });
  return [
    ...make(requestId, options.requestId, {}),
    ...make(accessLog, options.accessLog, {}),
    ...make(trustedHost, options.trustedHost),
    ...make(httpsRedirect, options.httpsRedirect),
    ...make(securityHeaders, options.securityHeaders, {}),
    ...make(cors, options.cors),
    ...make(rateLimit, options.rateLimit, { limit: 300, window: 60 }),
    ...make(timeout, options.timeout, { afterMs: 30_000 }),
    ...make(compression, options.compression, {}),
    ...make(etag, options.etag, {}),
    ...make(session, options.session),
    ...make(csrf, options.csrf, {}),
  ];
}

/** A list of one middleware, or of none where the options are false or there are none. */
function make<Options>(
  factory: (options: Options) => Middleware,
  given: Options | false | undefined,
  usual?: Options,
): Middleware[] {
  const options = given ?? usual;
  return options === undefined || options === false ? [] : [factory(options)];
}

const isPart: OptionRule = (value) =>
  value === false || (typeof value === 'object' && value !== null)
    ? undefined
    : 'must be the options of the middleware, or false to leave it out';
