import { afterwards, ConfigurationError, HeaderLine, type Context, type Middleware } from '@sluice/core';
import { checkOptions, isBooleanOption, isIntegerOption } from '@sluice/core/kit';

/** Options of `cacheControl`: the directives of RFC 9111 §5.2.2, RFC 5861 and RFC 8246. Times are in seconds. */
export interface CacheControlOptions {
  /** Every cache may keep the response, even for a request with Authorization. */
  readonly public?: boolean;
  /** Only the browser of the user may keep it. */
  readonly private?: boolean;
  /** It must not be kept anywhere. Excludes every other directive but `noTransform`. */
  readonly noStore?: boolean;
  /** It may be kept, but each use asks the server first. */
  readonly noCache?: boolean;
  /** It is fresh for so many seconds. */
  readonly maxAge?: number;
  /** The same for shared caches only (`s-maxage`). */
  readonly sharedMaxAge?: number;
  /** Once stale, it is used only after asking the server. */
  readonly mustRevalidate?: boolean;
  /** The same for shared caches only. */
  readonly proxyRevalidate?: boolean;
  /** For so many seconds more it may be used while a new one is fetched (RFC 5861 §3). */
  readonly staleWhileRevalidate?: number;
  /** For so many seconds more it may be used if the server fails (RFC 5861 §4). */
  readonly staleIfError?: number;
  /** It never changes while it is fresh, so reloading does not ask for it (RFC 8246). */
  readonly immutable?: boolean;
  /** Proxies must not change it, and `gzip` does not compress it. */
  readonly noTransform?: boolean;
}

/** RFC 9111 §1.2.2: the greatest number of seconds that every cache understands. */
const MOST_SECONDS = 2 ** 31;
const isSeconds = isIntegerOption(0, MOST_SECONDS);

const RULES = {
  public: isBooleanOption,
  private: isBooleanOption,
  noStore: isBooleanOption,
  noCache: isBooleanOption,
  maxAge: isSeconds,
  sharedMaxAge: isSeconds,
  mustRevalidate: isBooleanOption,
  proxyRevalidate: isBooleanOption,
  staleWhileRevalidate: isSeconds,
  staleIfError: isSeconds,
  immutable: isBooleanOption,
  noTransform: isBooleanOption,
};

/**
 * Says how long successful responses to GET and HEAD may be kept, and by which caches. A handler that sets
 * Cache-Control itself decides for its response. It replaces a `cacheControl` further out.
 *
 * @throws ConfigurationError when an option is unknown or invalid, contradicts another one, or no directive is left
 * @example cacheControl({ public: true, maxAge: 3600, staleWhileRevalidate: 60 })
 */
export function cacheControl(options: CacheControlOptions): Middleware {
  checkOptions('cacheControl', options, RULES);
  const contradiction = findContradiction(options);
  if (contradiction !== undefined) throw invalid(contradiction);
  const line = new HeaderLine('Cache-Control', formatDirectives(options));
  return {
    name: 'cacheControl',
    layer: 'condition',
    replaces: true,
    options: Object.freeze({ ...options }),
    prepare({ method }) {
      return method === 'GET' || method === 'HEAD' || method === 'ALL' ? this : null;
    },
    handle: (context, next) => afterwards(next(), () => addLine(context, line)),
  };
}

function addLine({ request, response }: Context, line: HeaderLine): void {
  const { status } = response;
  const isSuccess = (status >= 200 && status < 300) || status === 304;
  if (isSuccess && (request.method === 'GET' || request.method === 'HEAD')) response.headers.setDefault(line);
}

function formatDirectives(options: CacheControlOptions): string {
  return (Object.keys(RULES) as (keyof CacheControlOptions)[])
    .flatMap((name) => {
      const value = options[name];
      if (value === undefined || value === false) return [];
      return value === true ? [DIRECTIVES[name]] : [`${DIRECTIVES[name]}=${value}`];
    })
    .join(', ');
}

const DIRECTIVES: Readonly<Record<keyof CacheControlOptions, string>> = {
  public: 'public',
  private: 'private',
  noStore: 'no-store',
  noCache: 'no-cache',
  maxAge: 'max-age',
  sharedMaxAge: 's-maxage',
  mustRevalidate: 'must-revalidate',
  proxyRevalidate: 'proxy-revalidate',
  staleWhileRevalidate: 'stale-while-revalidate',
  staleIfError: 'stale-if-error',
  immutable: 'immutable',
  noTransform: 'no-transform',
};

/** Finds directives of which one takes away the meaning of the other. */
function findContradiction(options: CacheControlOptions): string | undefined {
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== false);
  const names = given.map(([name]) => name);
  const has = (name: keyof CacheControlOptions): boolean => names.includes(name);
  if (names.length === 0) return 'It has no directive, so it would do nothing.';
  const besideNoStore = names.find((name) => name !== 'noStore' && name !== 'noTransform');
  if (has('noStore') && besideNoStore !== undefined)
    return `noStore forbids to keep the response, so ${besideNoStore} has no meaning beside it.`;
  if (has('public') && has('private')) return 'public and private contradict each other.';
  const shared = (['sharedMaxAge', 'proxyRevalidate'] as const).find(has);
  if (has('private') && shared !== undefined)
    return `private forbids shared caches, so ${shared} has no meaning beside it.`;
  if (has('mustRevalidate') && (has('staleIfError') || has('staleWhileRevalidate')))
    return 'mustRevalidate forbids the use of stale responses, which staleIfError and staleWhileRevalidate allow.';
  if (has('immutable') && !has('maxAge'))
    return 'immutable needs maxAge, because it counts only while the response is fresh.';
  return undefined;
}

function invalid(fault: string): ConfigurationError {
  const cure = 'Write directives that go together: cacheControl({ public: true, maxAge: 3600 }).';
  return new ConfigurationError([{ code: 'OPTION_INVALID', place: 'cacheControl()', fault, cure }]);
}
