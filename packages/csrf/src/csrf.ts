import {
  HttpError,
  isPromise,
  type Context,
  type MaybePromise,
  type Middleware,
  type RouteMethod,
  type StepDescription,
} from '@sluice/core';
import { findOrigination, isSafe } from './cross-origin';
import { CSRF_EXEMPT } from './csrf-exempt';
import { resolveOptions, type CsrfOptions, type ResolvedTokenOptions } from './csrf-options';
import { hasToken, TOKEN_OPTIONS } from './token/csrf-token';

/**
 * Refuses requests that pages of other origins send with the cookies of a user (CSRF), by Sec-Fetch-Site and Origin. A
 * request that only reads passes. A route is exempt only by `@CsrfExempt()`.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example csrf({ trustedOrigins: ['https://app.example'] })
 */
export function csrf(options: CsrfOptions = {}): Middleware {
  const { trustedOrigins, token } = resolveOptions(options);
  const trusted: ReadonlySet<string> = new Set(trustedOrigins);
  const isTrusted = (origin: string): boolean => trusted.has(origin);

  function findRefusal(context: Context): MaybePromise<HttpError | undefined> {
    const { request } = context;
    const origination = findOrigination(request, isTrusted);
    if (origination === 'foreign') return refuseForeign();
    // A handshake has no place for a token, and browsers send Origin with each.
    if (origination === 'own' || token === undefined || request.method === 'GET') return undefined;
    return askForToken(context, token);
  }

  const middleware: Middleware = {
    name: 'csrf',
    layer: 'forgery',
    exemptBy: '@CsrfExempt()',
    ...(token !== undefined && { needs: 'session', provides: ['csrfToken'] }),
    options: Object.freeze({ trustedOrigins, token: token ?? false }),
    describes: ({ method }) => (isReadMethod(method) ? undefined : describeRefusals(token)),
    handle(context, next) {
      if (token !== undefined) context.set(TOKEN_OPTIONS, token);
      if (isSafe(context.request)) return next();
      const refusal = findRefusal(context);
      if (isPromise(refusal)) return refusal.then((settled) => settled ?? next());
      return refusal ?? next();
    },
  };
  return {
    ...middleware,
    prepare: (route) => (route.marks.all(CSRF_EXEMPT, 'method').length > 0 ? null : middleware),
  };
}

function askForToken(context: Context, token: ResolvedTokenOptions): MaybePromise<HttpError | undefined> {
  const decide = (isThere: boolean): HttpError | undefined => (isThere ? undefined : refuseWithoutToken());
  const isThere = hasToken(context, token);
  return isPromise(isThere) ? isThere.then(decide) : decide(isThere);
}

function refuseForeign(): HttpError {
  return new HttpError(403, {
    code: 'csrf_refused',
    detail: 'The request was made by a page of another origin.',
  });
}

function refuseWithoutToken(): HttpError {
  return new HttpError(403, {
    code: 'csrf_token_invalid',
    detail: 'The request has no valid token against forgery. Load the page again.',
  });
}

function isReadMethod(method: RouteMethod): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function describeRefusals(token: ResolvedTokenOptions | undefined): StepDescription {
  return {
    statuses: { 403: { description: 'A page of another origin made the request, or a token is missing.' } },
    ...(token && {
      requestHeaders: {
        [token.headerName]: {
          description: 'The token of the session, for a client that sends neither Sec-Fetch-Site nor Origin.',
        },
      },
    }),
  };
}
