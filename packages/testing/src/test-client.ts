import { CookieStore } from './cookie-store';
import { encodeBody, type EncodedBody } from './encode-body';
import { findRedirect } from './find-redirect';
import type { HeaderValues, RequestOptions } from './request-options';
import { parseTarget, type Target } from './target';
import { TestResponse } from './test-response';
import type { Transport } from './transport';

/** Options of a client, which apply to all its requests. */
export interface ClientOptions {
  /** Sent with every request that has no header of the same name. */
  readonly headers?: HeaderValues;
  /** The first cookies of the client, by name. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** The scheme and host of the requests, whatever the engine and its port. Default: `http://localhost`. */
  readonly origin?: string;
  /** Follows redirects within the origin: at most 20 for true, or at most the number. Default: false. */
  readonly followRedirects?: boolean | number;
}

/** A request without the headers that the client adds. */
interface Draft {
  readonly method: string;
  readonly target: Target;
  readonly body: EncodedBody;
  readonly headers: HeaderValues;
  readonly signal: AbortSignal;
}

const MOST_REDIRECTS = 20;
const NO_BODY: EncodedBody = { bytes: undefined, contentType: undefined };

/** Sends requests to a test application as a browser would: keeps cookies and, if asked to, follows redirects. */
export class TestClient {
  /** The cookies that it keeps from one request to the next. */
  readonly cookies: CookieStore;
  private readonly origin: string;

  /** Use `app.client()`. */
  constructor(
    private readonly transport: Transport,
    private readonly defaults: ClientOptions,
    private readonly closing: AbortSignal,
  ) {
    this.origin = new URL(defaults.origin ?? 'http://localhost').origin;
    this.cookies = new CookieStore(this.origin);
    for (const [name, value] of Object.entries(defaults.cookies ?? {})) this.cookies.set(name, value);
  }

  /** Sends GET like `request`. */
  get(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('GET', url, options);
  }

  /** Sends HEAD like `request`. */
  head(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('HEAD', url, options);
  }

  /** Sends POST like `request`. */
  post(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('POST', url, options);
  }

  /** Sends PUT like `request`. */
  put(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PUT', url, options);
  }

  /** Sends PATCH like `request`. */
  patch(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('PATCH', url, options);
  }

  /** Sends DELETE like `request`. */
  delete(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('DELETE', url, options);
  }

  /** Sends OPTIONS like `request`. */
  options(url: string, options?: RequestOptions): Promise<TestResponse> {
    return this.request('OPTIONS', url, options);
  }

  /**
   * Sends a request. Resolves as soon as the head of the response has arrived.
   *
   * @param url a path, sent as it is, or a whole URL, whose host becomes that of the request
   * @throws TypeError for a request that cannot be sent, Error if redirects do not end, the signal's reason if it aborts
   */
  async request(method: string, url: string, options: RequestOptions = {}): Promise<TestResponse> {
    const headers = { ...lowerNames(this.defaults.headers), ...lowerNames(options.headers) };
    const signal = options.signal ? AbortSignal.any([this.closing, options.signal]) : this.closing;
    const target = parseTarget(url, this.origin, options.query);
    let draft: Draft = { method, target, body: await encodeBody(options), headers, signal };
    let response = await this.send(draft);
    const follow = options.followRedirects ?? this.defaults.followRedirects ?? false;
    if (follow === false) return response;
    const most = follow === true ? MOST_REDIRECTS : follow;
    for (let count = 0; ; count++) {
      const redirect = findRedirect(response, draft.method, draft.target);
      if (redirect === undefined) return response;
      if (count === most) throw new Error(`${method} ${url} was redirected more than ${most} times.`);
      await response.bytes();
      const kept = redirect.keepsBody
        ? { body: draft.body, headers }
        : { body: NO_BODY, headers: withoutContent(headers) };
      draft = { ...draft, ...kept, method: redirect.method, target: redirect.target };
      response = await this.send(draft);
    }
  }

  private async send({ method, target, body, headers, signal }: Draft): Promise<TestResponse> {
    const url = target.origin + target.path;
    const cookies = this.cookies.format(url);
    const complete: HeaderValues = {
      host: new URL(target.origin).host,
      ...(body.contentType && { 'content-type': body.contentType }),
      ...(cookies && { cookie: cookies }),
      ...headers,
    };
    const received = await this.transport.send({
      method,
      protocol: target.origin.startsWith('https:') ? 'https' : 'http',
      target: target.path,
      headers: listHeaders(complete),
      body: body.bytes,
      signal,
    });
    const response = new TestResponse(received, `${method} ${url}`);
    for (const line of response.headerLines('set-cookie')) this.cookies.store(line, url);
    return response;
  }
}

function lowerNames(headers: HeaderValues = {}): HeaderValues {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutContent(headers: HeaderValues): HeaderValues {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
}

function listHeaders(headers: HeaderValues): Record<string, readonly string[]> {
  const listed: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      listed[name] = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
  }
  return listed;
}
