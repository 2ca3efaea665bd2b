import {
  afterwards,
  isPromise,
  type Context,
  type Middleware,
  type Next,
  type StepDescription,
} from '@sluice/core';
import { hasOneValue, isPreflight } from '@sluice/core/kit';
import { compileOrigins } from './allowed-origins';
import { describeOptions, resolveOptions, type CorsOptions, type ResolvedCorsOptions } from './cors-options';
import { compileGrant } from './origin-grant';
import { compilePreflight, PREFLIGHT_VARY } from './preflight';

type Handle = Middleware['handle'];

/**
 * Answers CORS preflights, and lets the allowed origins read the responses (Fetch, "CORS protocol").
 * Without options, no other origin is allowed. If several surround a route, only the innermost runs.
 *
 * @throws ConfigurationError when options are unknown, invalid or contradictory
 * @example cors({ allowOrigins: ['https://app.example', /https:\/\/[a-z]+\.preview\.example/], allowCredentials: true })
 */
export function cors(options: CorsOptions = {}): Middleware {
  const resolved = resolveOptions(options);
  const compile = resolved.allowOrigins.includes('*') ? compileForEveryone : compileForSome;
  return {
    name: 'cors',
    options: describeOptions(resolved),
    // A preflight carries no credentials (Fetch §3.3.5), so a guard further out would reject it.
    outside: 'guard',
    layer: 'cors',
    replaces: true,
    describes: describeGrant(resolved),
    handle: compile(resolved),
  };
}

/** Compiles the policy `*`. Every origin gets the same response, so caches can share it: no Vary (Fetch, "CORS protocol and HTTP caches"). */
function compileForEveryone(options: ResolvedCorsOptions): Handle {
  const answerPreflight = compilePreflight(options);
  const grant = compileGrant(false, options.exposeHeaders);
  return (context, next) => {
    const { headers } = context.response;
    if (context.request.header('origin') === undefined) return next();
    if (isPreflight(context.request)) return answerPreflight(context, '*', true);
    grant(headers, '*');
    return next();
  };
}

/** Compiles a policy that depends on the origin, as Vary says on every response. */
function compileForSome(options: ResolvedCorsOptions): Handle {
  const isAllowed = compileOrigins(options.allowOrigins);
  const answerPreflight = compilePreflight(options);
  const grant = compileGrant(options.allowCredentials, options.exposeHeaders);

  function passOnGranted(context: Context, origin: string, isOriginAllowed: boolean, next: Next): unknown {
    const { headers } = context.response;
    if (isOriginAllowed) grant(headers, origin);
    return passOn(context, next);
  }

  return (context, next) => {
    const { headers } = context.response;
    const origin = context.request.header('origin');
    headers.vary('Origin');
    if (origin === undefined) return passOn(context, next);
    const isAsking = isPreflight(context.request);
    if (isAsking) headers.vary(PREFLIGHT_VARY);
    const answer = isAsking ? answerPreflight : passOnGranted;
    const isOriginAllowed = isAllowed(origin, context);
    if (isPromise(isOriginAllowed))
      return isOriginAllowed.then((settled) => answer(context, origin, settled && isClear(context), next));
    return answer(context, origin, isOriginAllowed && isClear(context), next);
  };
}

/** Returns whether no second Origin line contradicts the first. It costs a walk over the headers, so it comes last. */
function isClear({ request }: Context): boolean {
  return hasOneValue(request, 'origin');
}

/** Adds Vary again: it was set before `next`, for middleware that answers itself, but the handler may have replaced it. */
function passOn(context: Context, next: Next): unknown {
  return afterwards(next(), () => {
    context.response.headers.vary('Origin');
  });
}

function describeGrant({
  allowOrigins,
  allowCredentials,
  exposeHeaders,
}: ResolvedCorsOptions): StepDescription {
  const headers = {
    'Access-Control-Allow-Origin': { description: 'The origin that may read the response.' },
    ...(allowCredentials && { 'Access-Control-Allow-Credentials': {} }),
    ...(exposeHeaders.length > 0 && { 'Access-Control-Expose-Headers': {} }),
  };
  return allowOrigins.length === 0 ? {} : { headers };
}
