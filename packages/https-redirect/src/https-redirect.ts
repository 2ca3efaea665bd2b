import {
  afterwards,
  forbidden,
  redirect,
  type Context,
  type HttpError,
  type HttpRequest,
  type Middleware,
  type Reply,
} from '@sluice/core';
import {
  checkOptions,
  compileTrust,
  describeFunction,
  findTrustFault,
  invalidHost,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  parseHost,
  type Host,
  type OptionRule,
} from '@sluice/core/kit';
import { compileExclusion, findExclusionFault } from './excluded-paths';

/** Options of `httpsRedirect`. */
export interface HttpsRedirectOptions {
  /** The port of the HTTPS address. Default: the port of the request, or 443 if that is 80. */
  readonly httpsPort?: number;
  /** The status of the redirect: 307 and 308 keep method and body, and clients may cache 301 and 308. Default: 308. */
  readonly status?: 301 | 302 | 307 | 308;
  /** Paths that stay on HTTP: `/health`, or `/.well-known/*` for all paths below it. Default: none. */
  readonly exclude?: readonly string[];
  /**
   * Whether X-Forwarded-Proto is trusted: never, always (only if every connection comes from your proxy), or from the
   * listed addresses and ranges. Default: false.
   */
  readonly trustProxy?: boolean | readonly string[];
  /** Returns whether a request came over HTTPS if neither the connection nor X-Forwarded-Proto says so. Default: no. */
  readonly isSecure?: (context: Context) => boolean;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/**
 * Redirects requests that came over plain HTTP to the same address over HTTPS.
 *
 * @throws ConfigurationError when an option is unknown or invalid
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
    layer: 'admit',
    options: Object.freeze({
      httpsPort,
      status,
      exclude,
      trustProxy,
      isSecure: isSecure && describeFunction(isSecure),
    }),
    describes: {
      statuses: {
        [status]: {
          description: 'The request came over HTTP.',
          headers: { Location: { description: 'The same address over HTTPS.' } },
        },
        400: { description: 'The request came over HTTP, and its host is malformed.' },
        403: { description: 'The request came over HTTP, and asks for a WebSocket.' },
      },
    },
    handle(context, next) {
      const { request } = context;
      if (exclude.length > 0 && isExcluded(request.path)) return next();
      if (trustProxy === false) return cameSecurely(context) ? next() : answer(request);
      const addVary = (): void => void context.response.headers.vary('X-Forwarded-Proto');
      addVary();
      // The handler may have replaced it.
      return cameSecurely(context) ? afterwards(next(), addVary) : answer(request);
    },
  };

  function cameSecurely(context: Context): boolean {
    const { request } = context;
    if (request.protocol === 'https') return true;
    if (trustProxy !== false && saysHttps(request) && isTrusted(request.address, 0)) return true;
    return isSecure?.(context) === true;
  }

  function answer(request: HttpRequest): Reply | HttpError {
    return asksForSocket(request) ? refuseUpgrade() : makeRedirect(request, httpsPort, status);
  }
}

/** Unlike the application's `trustProxy`, this one cannot be a number of proxies: X-Forwarded-For is not read here. */
const findProxiesFault: OptionRule = (value) =>
  typeof value === 'number'
    ? 'must be true, false, or a list of the addresses of your proxies'
    : findTrustFault(value);

/** Reads only the last value, which our proxy has added; earlier ones may come from the client. Empty ones do not count. */
function saysHttps(request: HttpRequest): boolean {
  const lines = request.headerLines('x-forwarded-proto');
  for (let index = lines.length - 1; index >= 0; index--) {
    const scheme = findLastScheme(lines[index]!);
    if (scheme !== '') return scheme === 'https' || scheme === 'wss';
  }
  return false;
}

/** Finds the last value of a list, in lower case; empty if it has none. */
function findLastScheme(line: string): string {
  if (line === 'https') return line;
  const values = line.split(',').map((value) => value.trim().toLowerCase());
  return values.findLast((value) => value !== '') ?? '';
}

function makeRedirect(
  request: HttpRequest,
  httpsPort: number | undefined,
  status: number,
): Reply | HttpError {
  const host = parseHost(request.host ?? '');
  // A target like `@evil.example/` would make our host the userinfo of another one.
  if (host === undefined || !request.target.startsWith('/')) return invalidHost();
  return redirect(`https://${formatAuthority(host, httpsPort)}${request.target}`, { status });
}

function formatAuthority({ name, port }: Host, httpsPort: number | undefined): string {
  const target = httpsPort ?? (port === HTTP_PORT ? HTTPS_PORT : port);
  return target === undefined || target === HTTPS_PORT ? name : `${name}:${target}`;
}

/** Other upgrades are ignored (RFC 9110 §7.8): some clients ask for `h2c` with every request over HTTP. */
function asksForSocket(request: HttpRequest): boolean {
  return /\bwebsocket\b/i.test(request.header('upgrade') ?? '');
}

/** Clients do not follow redirects when they open a WebSocket (RFC 6455 §4.1), so the upgrade is refused. */
function refuseUpgrade(): HttpError {
  return forbidden({ code: 'https_required', detail: 'WebSockets can be opened over HTTPS only.' });
}
