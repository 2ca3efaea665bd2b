import { decodeHeader } from '../../http/headers/decode-header';
import { parseAddress } from '../../http/proxy/ip-range';
import type { MemoryRequest } from './memory-source';

/** A request for `app.inject`. */
export interface InjectRequest {
  /** Default GET. */
  readonly method?: string;
  /**
   * Path and query, as they are on the wire: bytes, or a string that is text or has a character for each of its bytes,
   * as in `headers`. Bytes that are not UTF-8 are read as U+FFFD.
   */
  readonly url: string | Uint8Array;
  /**
   * Each value of a list is a line of its own. A value is text, or has a character for each of its bytes, as with `fetch`.
   * Default: `host: localhost`, and the headers that the body needs.
   */
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>>;
  /** Text and bytes are sent as they are, everything else as JSON. */
  readonly body?: unknown;
  /** The client's address; default 127.0.0.1. It is read in canonical form, as on a socket. */
  readonly address?: string;
  /** `https` simulates a connection with TLS; default `http`. */
  readonly protocol?: 'http' | 'https';
  /** When it aborts, the client has gone away. */
  readonly signal?: AbortSignal;
}

/**
 * Fills in the headers that a client would have sent.
 *
 * @throws TypeError when the url is not a path, or the protocol is another one
 */
export function makeMemoryRequest(request: InjectRequest): MemoryRequest {
  const { method = 'GET', address = '127.0.0.1', protocol = 'http', signal } = request;
  const url = decodeUrl(request.url);
  if (!url?.startsWith('/'))
    throw new TypeError(
      `The url of an injected request must begin with a slash, such as { url: '/cats?limit=10' }.`,
    );
  if (protocol !== 'http' && protocol !== 'https')
    throw new TypeError(`The protocol of an injected request must be 'http' or 'https'.`);
  const mark = url.indexOf('?');
  const headers = new Map<string, readonly string[]>([['host', ['localhost']]]);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    headers.set(name.toLowerCase(), Array.isArray(value) ? (value as readonly string[]) : [String(value)]);
  }
  const { body } = request;
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  if (isJson && !headers.has('content-type')) headers.set('content-type', ['application/json']);
  const bytes =
    body === undefined ? Buffer.alloc(0) : Buffer.from(isJson ? JSON.stringify(body) : (body as string));
  if (body !== undefined && !headers.has('content-length') && !headers.has('transfer-encoding'))
    headers.set('content-length', [String(bytes.byteLength)]);
  return {
    method,
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: [...headers].flatMap(([name, values]) =>
      values.map((value) => [name, decodeHeader(value)] as const),
    ),
    body: bytes,
    address: parseAddress(address) ?? address,
    isSecure: protocol === 'https',
    signal,
  };
}

/** The engine on sockets decodes path and query as UTF-8, too. */
function decodeUrl(url: unknown): string | undefined {
  if (url instanceof Uint8Array) return Buffer.from(url).toString();
  return typeof url === 'string' ? decodeHeader(url) : undefined;
}
