import { json, type Context, type Next } from '@sluice/core';

/** A middleware of our own: without an Authorization header the request ends here, before the handler. */
export function requireAuthorization({ request }: Context, next: Next) {
  if (request.header('authorization') !== undefined) return next();
  return json({ error: 'Unauthorized' }, { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
}
