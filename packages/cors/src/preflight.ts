import { HttpError, noContent, type Context, type Reply } from '@sluice/core';
import { isToken } from '@sluice/core/kit';
import type { ResolvedCorsOptions } from './cors-options';
import { compileGrant } from './origin-grant';

/** The headers besides Origin on which the response to a preflight depends. */
export const PREFLIGHT_VARY =
  'Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';

/** Request headers that browsers send without asking, so they are always granted (Fetch, "CORS-safelisted request-header"). */
const SAFELISTED_HEADERS = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type'];
/** The methods that `'*'` allows: those that a route can have. */
const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** A longer Access-Control-Request-Headers is refused unread, to bound the work. */
const LONGEST_NAME_LIST = 4096;

/** Answers a preflight: with 204 and the allow headers, or with a 403 that names the refused parts. */
export type PreflightAnswer = (
  context: Context,
  origin: string,
  isOriginAllowed: boolean,
) => Reply | HttpError;

/** Compiles the answer to preflights. Header values that never change are made once, here. */
export function compilePreflight(options: ResolvedCorsOptions): PreflightAnswer {
  const { allowCredentials, allowPrivateNetwork } = options;
  const methods = options.allowMethods.includes('*') ? ALL_METHODS : options.allowMethods;
  const askableMethods = new Set(methods);
  // HEAD is safelisted like GET, so browsers never look for it in the list (Fetch, "CORS-safelisted method").
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
  const detail = `The CORS policy does not allow this preflight because of: ${refusals.join(', ')}.`;
  return new HttpError(403, { code: 'cors_refused', detail });
}

/** Parses a list of header names, without repetitions; undefined if something in it is not a header name. */
function parseNames(value = ''): string[] | undefined {
  if (value.length > LONGEST_NAME_LIST) return undefined;
  const names = joinNames(value.split(',').map((name) => name.trim()));
  return names.every(isToken) ? names : undefined;
}

/** Removes empty names and repetitions. Case does not matter; the first spelling is kept. */
function joinNames(names: readonly string[]): string[] {
  const spellings = new Map<string, string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (name !== '' && !spellings.has(lower)) spellings.set(lower, name);
  }
  return [...spellings.values()];
}
