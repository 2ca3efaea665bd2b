import { json, type Context, type Next } from '@sluice/core';

/** A custom middleware: a request without an Authorization header ends here, before the handler. */
export function requireAuthorization({ request }: Context, next: Next) {
  if (request.header('authorization') !== undefined) return next();
  return json({ error: 'Unauthorized' }, { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
}
