import { HttpError, isToken, noContent, type Context, type HttpRequest, type Reply } from '@sluice/core';
import type { ResolvedCorsOptions } from './cors-options';
import { compileGrant } from './origin-grant';

/** What the answer to a preflight depends on besides the origin. */
export const PREFLIGHT_VARY =
  'Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';

/** Request headers a browser may send to anyone without asking, so asking for them is always granted (Fetch, "CORS-safelisted request-header"). */
const SAFELISTED_HEADERS = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type'];
/** What `'*'` stands for: the methods a route can have. */
const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** More characters of Access-Control-Request-Headers than this are refused unread: the work stays bounded. */
const LONGEST_NAME_LIST = 4096;

/** Answers a preflight: 204 with the allow headers, or 403 that says what was refused. */
export type PreflightAnswer = (
  context: Context,
  origin: string,
  isOriginAllowed: boolean,
) => Reply | HttpError;

/** Answers whether the request is a preflight: OPTIONS with Origin and Access-Control-Request-Method (Fetch, "CORS protocol"). */
export function isPreflight(request: HttpRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== undefined &&
    request.header('access-control-request-method') !== undefined
  );
}

/** Compiles the answer to preflights; header values that are always the same are made here, once. */
export function compilePreflight(options: ResolvedCorsOptions): PreflightAnswer {
  const { allowCredentials, allowPrivateNetwork } = options;
  const methods = options.allowMethods.includes('*') ? ALL_METHODS : options.allowMethods;
  const askableMethods = new Set(methods);
  // HEAD is GET without its body, and browsers never look for it in the list (Fetch, "CORS-safelisted method").
  if (askableMethods.has('GET')) askableMethods.add('HEAD');
  const reflects = options.allowHeaders.includes('*');
  const headerNames = joinNames([...SAFELISTED_HEADERS, ...options.allowHeaders]);
  const askableHeaders = new Set(headerNames.map((name) => name.toLowerCase()));
  const grantOrigin = compileGrant(allowCredentials, []);
  const methodsValue = [...new Set(methods)].join(', ');
  const headersValue = headerNames.join(', ');
  const maxAge = String(options.maxAge);

  return ({ request, response: { headers } }, origin, isOriginAllowed) => {
    const method = request.header('access-control-request-method');
    const names = parseNames(request.header('access-control-request-headers'));
    const asksPrivateNetwork = request.header('access-control-request-private-network') === 'true';
    const refusals: string[] = [];
    if (!isOriginAllowed) refusals.push('origin');
    if (method === undefined || !askableMethods.has(method)) refusals.push('method');
    if (!names?.every((name) => reflects || askableHeaders.has(name.toLowerCase()))) refusals.push('headers');
    if (asksPrivateNetwork && !allowPrivateNetwork) refusals.push('private network');
    if (names === undefined || refusals.length > 0) return makeRefusal(refusals);

    grantOrigin(headers, origin);
    if (methodsValue !== '') headers.set('Access-Control-Allow-Methods', methodsValue);
    const allowed = reflects ? names.join(', ') : headersValue;
    if (allowed !== '') headers.set('Access-Control-Allow-Headers', allowed);
    headers.set('Access-Control-Max-Age', maxAge);
    if (asksPrivateNetwork) headers.set('Access-Control-Allow-Private-Network', 'true');
    return noContent();
  };
}

function makeRefusal(refusals: readonly string[]): HttpError {
  const detail = `The CORS preflight asks for what is not allowed here: ${refusals.join(', ')}.`;
  return new HttpError(403, { code: 'cors_refused', detail });
}

/** The header names of a list, each once, as written; undefined where something else stands there. */
function parseNames(value = ''): string[] | undefined {
  if (value.length > LONGEST_NAME_LIST) return undefined;
  const names = joinNames(value.split(',').map((name) => name.trim()));
  return names.every(isToken) ? names : undefined;
}

/** Drops empty names and repetitions; names compare case-insensitively, the first spelling stays. */
function joinNames(names: readonly string[]): string[] {
  const spellings = new Map<string, string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (name !== '' && !spellings.has(lower)) spellings.set(lower, name);
  }
  return [...spellings.values()];
}
