import { forbidden, type Context, type Next } from '@sluice/core';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses what pages of other sites post here. Browsers say where a post comes from; who says nothing is no page. */
export function requireSameOrigin({ request }: Context, next: Next) {
  const origin = request.header('origin');
  if (SAFE_METHODS.includes(request.method) || origin === undefined) return next();
  if (origin === `${request.protocol}://${request.host}`) return next();
  throw forbidden({ code: 'origin_refused', detail: 'Requests of other origins are not taken.' });
}
