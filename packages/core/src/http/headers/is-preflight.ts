import type { HttpRequest } from '../request';

/** Returns whether the request is a preflight: OPTIONS with Origin and Access-Control-Request-Method (Fetch, "CORS protocol"). */
export function isPreflight(request: HttpRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== undefined &&
    request.header('access-control-request-method') !== undefined
  );
}
