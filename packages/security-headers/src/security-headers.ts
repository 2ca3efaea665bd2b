import { afterwards, type Middleware, type RouteInfo } from '@sluice/core';
import { checkHeaderOptions, checkTogether } from './check-security-headers';
import { REQUEST_NONCE, RequestNonce } from './csp/request-nonce';
import { mergeHeaders, resolveHeaders, type ResolvedHeaders } from './resolve-headers';
import { SECURITY_HEADERS } from './security-headers-decorator';
import type { SecurityHeadersOptions } from './security-headers-options';
import { writeHeaders } from './write-lines';

/**
 * Sets the headers that make browsers careful, on every response, errors included. A header that the route sets itself
 * wins. If several surround a route, only the innermost runs.
 *
 * @throws ConfigurationError when an option is unknown, invalid or contradictory
 * @example securityHeaders({ preset: 'strict' })
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): Middleware {
  checkHeaderOptions('securityHeaders', options);
  const middleware = compile('securityHeaders', options);
  return {
    ...middleware,
    prepare(route) {
      const changes = route.marks.all(SECURITY_HEADERS);
      return changes.length === 0 ? middleware : compileFor(route, options, changes);
    },
  };
}

function compileFor(
  route: RouteInfo,
  options: SecurityHeadersOptions,
  changes: readonly SecurityHeadersOptions[],
): Middleware {
  const place = `${route.name}, @SecurityHeaders`;
  for (const change of changes) checkHeaderOptions(place, change);
  return compile(place, changes.reduce(mergeHeaders, options));
}

function compile(place: string, options: SecurityHeadersOptions): Middleware {
  const resolved = resolveHeaders(options);
  checkTogether(place, resolved);
  const secure = writeHeaders(resolved, true);
  const plain = writeHeaders(resolved, false);
  const hasNonce = secure.nonced.length > 0;
  return {
    name: 'securityHeaders',
    layer: 'secure',
    replaces: true,
    ...(hasNonce && { provides: ['cspNonce'] }),
    options: describe(resolved),
    handle(context, next) {
      const { block, nonced } = context.request.protocol === 'https' ? secure : plain;
      context.response.headers.setBlock(block);
      if (!hasNonce) return next();
      const nonce = new RequestNonce(context, nonced);
      context.set(REQUEST_NONCE, nonce);
      return afterwards(next(), () => nonce.close());
    },
  };
}

/** The headers as they are on HTTPS, by their options. */
function describe(resolved: ResolvedHeaders): Readonly<Record<string, unknown>> {
  return Object.freeze(
    Object.fromEntries(
      Object.entries(resolved).filter(([, value]) => value !== false && value !== undefined),
    ),
  );
}
