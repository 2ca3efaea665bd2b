import type { HttpRequest, RouteInfo } from '@sluice/core';
import { parseHost } from '@sluice/core/kit';
import type { Attributes } from '@opentelemetry/api';
import type { TracingOptions } from './tracing-options';

/** The methods that HTTP defines (RFC 9110 §9, RFC 5789). All others are `_OTHER`. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'] as const;

/** A span before it starts: its name and its attributes. */
interface Described {
  readonly name: string;
  readonly attributes: Attributes;
}

/**
 * Makes the function that names and describes the span of a request, by the semantic conventions of OpenTelemetry. A name
 * has nothing that a client invents: the method if HTTP defines it, and the pattern of the route.
 */
export function makeDescriber(
  { kind, basePath = '', path }: RouteInfo,
  { address = false, userAgent = true, query = false }: TracingOptions,
): (request: HttpRequest) => Described {
  const route = kind === 'fallback' ? undefined : `${basePath}${path}`;
  const name = (method: string): string => (route === undefined ? method : `${method} ${route}`);
  const names = new Map<string, string>(METHODS.map((method) => [method, name(method)]));
  const otherName = name('HTTP');
  const readQuery = typeof query === 'boolean' ? hideSignatures : makeQueryFilter(query);
  const addServer = makeServerReader();

  return (request) => {
    const { method } = request;
    const known = names.get(method);
    const attributes: Attributes = {
      'http.request.method': known === undefined ? '_OTHER' : method,
      'url.scheme': request.peekProtocol(),
      'url.path': request.path,
    };
    if (known === undefined) attributes['http.request.method_original'] = method;
    if (route !== undefined) attributes['http.route'] = route;
    if (query !== false) addText(attributes, 'url.query', readQuery(request.rawQuery));
    addServer(attributes, request.peekHost());
    if (address) {
      addText(attributes, 'client.address', request.address);
      addText(attributes, 'network.peer.address', request.peerAddress);
    }
    if (userAgent) addText(attributes, 'user_agent.original', request.header('user-agent'));
    return { name: known ?? otherName, attributes };
  };
}

function addText(attributes: Attributes, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') attributes[name] = value;
}

/** Most requests have the same host, so the last one is kept. */
function makeServerReader(): (attributes: Attributes, spelling: string | undefined) => void {
  let last: string | undefined;
  let host: ReturnType<typeof parseHost>;
  let address = '';
  return (attributes, spelling) => {
    if (spelling === undefined) return;
    if (spelling !== last) {
      host = parseHost(spelling);
      // The brackets are of the header, and not of an IPv6 address.
      address = host?.name.replace(/[[\]]/g, '') ?? '';
      last = spelling;
    }
    if (host === undefined) return;
    attributes['server.address'] = address;
    if (host.port !== undefined) attributes['server.port'] = host.port;
  };
}

/** The keys of signed URLs whose values the conventions hide, and those that AWS uses now. */
const SIGNATURES: ReadonlySet<string> = new Set([
  'AWSAccessKeyId',
  'Signature',
  'sig',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Goog-Signature',
]);

/** Leaves the query as it was sent, but for the values with which anybody could use a signed URL. */
function hideSignatures(raw: string): string {
  return raw
    .split('&')
    .map((pair) => (SIGNATURES.has(readKey(pair)) ? `${pair.split('=', 1)[0]}=REDACTED` : pair))
    .join('&');
}

/** Leaves the pairs with these keys, as they were sent. */
function makeQueryFilter(keys: readonly string[]): (raw: string) => string {
  const kept = new Set(keys);
  return (raw) =>
    raw
      .split('&')
      .filter((pair) => kept.has(readKey(pair)))
      .join('&');
}

function readKey(pair: string): string {
  const key = pair.split('=', 1)[0]!.replaceAll('+', ' ');
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
