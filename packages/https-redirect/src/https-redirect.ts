import {
  checkOptions,
  compileTrust,
  findTrustFault,
  forbidden,
  invalidHost,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  parseHost,
  redirect,
  type Context,
  type Host,
  type HttpError,
  type HttpRequest,
  type Middleware,
  type OptionRule,
  type Reply,
} from '@sluice/core';
import { compileExclusion, findExclusionFault } from './excluded-paths';

/** Options of `httpsRedirect`. */
export interface HttpsRedirectOptions {
  /** The port of the HTTPS address. Default: the port of the request, and none in place of 80. */
  readonly httpsPort?: number;
  /** 307 and 308 keep method and body; 301 and 308 may be remembered by the client. Default: 308. */
  readonly status?: 301 | 302 | 307 | 308;
  /** Paths that stay on HTTP: `/health`, or `/.well-known/*` for all below. Default: none. */
  readonly exclude?: readonly string[];
  /**
   * Whose X-Forwarded-Proto is believed: nobody's, everybody's (only where nobody but the proxy can connect), or that
   * of the listed addresses and ranges. Default: false.
   */
  readonly trustProxy?: boolean | readonly string[];
  /** Answers whether the request came over HTTPS, where neither the connection nor X-Forwarded-Proto tells. Default: never. */
  readonly isSecure?: (context: Context) => boolean;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/**
 * Redirects requests that came over plain HTTP to the same address with `https:`.
 *
 * @throws ConfigurationError for options that are unknown or unusable
 * @example httpsRedirect({ trustProxy: ['10.0.0.0/8'], exclude: ['/health'] })
 */
export function httpsRedirect(options: HttpsRedirectOptions = {}): Middleware {
  checkOptions('httpsRedirect', options, {
    httpsPort: isIntegerOption(1, 65535),
    status: isOneOfOption(301, 302, 307, 308),
    exclude: findExclusionFault,
    trustProxy: (value) => (typeof value === 'boolean' ? undefined : findProxiesFault(value)),
    isSecure: isFunctionOption,
  });
  const { httpsPort, status = 308, exclude = [], trustProxy = false, isSecure } = options;
  const isExcluded = compileExclusion(exclude);
  const isTrusted = typeof trustProxy === 'boolean' ? () => trustProxy : compileTrust(trustProxy);

  return {
    name: 'httpsRedirect',
    options: Object.freeze({
      httpsPort,
      status,
      exclude,
      trustProxy,
      isSecure: isSecure && describe(isSecure),
    }),
    handle(context, next) {
      const { request, response } = context;
      if (request.protocol === 'https' || (saysHttps(request) && isTrusted(request.address, 0)))
        return next();
      if (isSecure?.(context) === true || isExcluded(request.path)) return next();
      // A cache behind the proxy must not answer HTTPS with the redirect that HTTP got.
      if (trustProxy !== false) response.headers.vary('X-Forwarded-Proto');
      return request.header('upgrade') === undefined
        ? makeRedirect(request, httpsPort, status)
        : refuseUpgrade();
    },
  };
}

/** A number of proxies is no answer here: what they say of the address is not read. */
const findProxiesFault: OptionRule = (value) =>
  typeof value === 'number'
    ? 'must be true, false, or a list of the addresses of your proxies'
    : findTrustFault(value);

function describe({ name }: { readonly name: string }): string {
  return name === '' ? 'function' : `function ${name}`;
}

/** Only the last value is what the proxy that we see has added; those before it may be the client's. */
function saysHttps(request: HttpRequest): boolean {
  const scheme = request.header('x-forwarded-proto')?.split(',').at(-1)!.trim().toLowerCase();
  return scheme === 'https' || scheme === 'wss';
}

function makeRedirect(
  request: HttpRequest,
  httpsPort: number | undefined,
  status: number,
): Reply | HttpError {
  const host = parseHost(request.host ?? '');
  // Without the slash, `@evil.example/` would make our host the userinfo of another.
  if (host === undefined || !request.target.startsWith('/')) return invalidHost();
  return redirect(`https://${formatAuthority(host, httpsPort)}${request.target}`, { status });
}

function formatAuthority({ name, port }: Host, httpsPort: number | undefined): string {
  const target = httpsPort ?? (port === HTTP_PORT ? HTTPS_PORT : port);
  return target === undefined || target === HTTPS_PORT ? name : `${name}:${target}`;
}

/** Clients do not follow redirects when they open a WebSocket (RFC 6455 §4.1), and what they sent has been in clear. */
function refuseUpgrade(): HttpError {
  return forbidden({ code: 'https_required', detail: 'Connections are upgraded over HTTPS only.' });
}
