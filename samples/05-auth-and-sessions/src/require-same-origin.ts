import { forbidden, type Context, type Next } from '@sluice/core';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses posts from pages of other sites. Browsers send Origin with every post, so a request without it comes from a program. */
export function requireSameOrigin({ request }: Context, next: Next) {
  const origin = request.header('origin');
  if (SAFE_METHODS.includes(request.method) || origin === undefined) return next();
  if (origin === `${request.protocol}://${request.host}`) return next();
  throw forbidden({ code: 'origin_refused', detail: 'Requests from other origins are not accepted.' });
}
