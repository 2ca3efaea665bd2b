import { parseJson, parseText } from './body/body-parsers';
import { findAccepted, parseCookies, parseCookieValues } from './headers/cookies';
import { ForwardedClient, type ProxyTrust } from './proxy/forwarded-client';
import { holdRejection, type MaybePromise } from './maybe-promise';
import { decodePercent } from './query/percent-encoding';
import { QueryValues } from './query/query-values';
import { isSingletonHeader, joinHeader, type RequestSource } from './request-source';
import { streamBytes } from './body/stream-body';
import type { RouteInfo } from '../routing/route-info';

/**
 * The request, read lazily from the engine: what nobody asks for costs nothing.
 * Everything here keeps working after an `await`.
 */
export class HttpRequest {
  /** What the body step parsed, and the validation step made of it; undefined before, and on routes without `@Body`. */
  body: unknown = undefined;

  private knownMethod: string | undefined;
  private knownPath: string | undefined;
  private knownQuery: QueryValues | undefined;
  private knownHeaders: Readonly<Record<string, string>> | undefined;
  private knownCookies: Readonly<Record<string, string | undefined>> | undefined;
  private client: ForwardedClient | undefined;
  private knownBytes: MaybePromise<Uint8Array> | undefined;
  private isStreamed = false;

  constructor(
    private readonly source: RequestSource,
    private readonly route: RouteInfo,
  ) {}

  /** As sent; case counts. */
  get method(): string {
    return (this.knownMethod ??= this.source.readMethod());
  }

  /** The path as sent, still percent-encoded: what was routed on. */
  get path(): string {
    return (this.knownPath ??= this.source.readPath());
  }

  /** The scheme the client used, as a trusted proxy says it (`trustProxy`); else `http`, since TLS ends at a proxy. */
  get protocol(): 'http' | 'https' {
    return this.client?.protocol ?? 'http';
  }

  /** The host the client asked for, with its port, as sent: what a trusted proxy says of it (`trustProxy`), else Host. */
  get host(): string | undefined {
    return this.client === undefined ? this.header('host') : this.client.host;
  }

  /** Path and query as sent. */
  get target(): string {
    const query = this.rawQuery;
    return query === '' ? this.path : `${this.path}?${query}`;
  }

  /** What stands after the `?`, still encoded; empty where there is none. */
  get rawQuery(): string {
    return this.source.readQuery();
  }

  /** The decoded query. Throws HttpError 400 on malformed percent-encoding. */
  get query(): QueryValues {
    return (this.knownQuery ??= new QueryValues(this.rawQuery));
  }

  /**
   * The client's address as far as trusted proxies tell it (`trustProxy`), else that of the other end of the connection;
   * empty for a Unix socket, and where it is first asked for when the client has gone (ask before, or have
   * `context.signal`).
   */
  get address(): string {
    return this.client === undefined ? this.source.readAddress() : this.client.address;
  }

  /** Lets proxies say who has asked. Before anything of it is read. */
  trustProxies(trust: ProxyTrust): void {
    this.client = new ForwardedClient(this.source, trust);
  }

  /** One header's value, repeated lines combined; the name's case does not matter. */
  header(name: string): string | undefined {
    return this.source.readHeader(name.toLowerCase());
  }

  /** Every line of one header, in the order sent: to tell a header that came twice. Walks all lines; prefer `header(name)`. */
  headerLines(name: string): string[] {
    const wanted = name.toLowerCase();
    const lines: string[] = [];
    this.source.readHeaders((lowerName, value) => void (lowerName === wanted && lines.push(value)));
    return lines;
  }

  /** All headers, names in lower case, values as `header(name)` gives them, without prototype. Prefer `header(name)`: it is cheaper. */
  get headers(): Readonly<Record<string, string>> {
    if (this.knownHeaders === undefined) {
      const headers = Object.create(null) as Record<string, string>;
      this.source.readHeaders((name, value) => {
        if (headers[name] === undefined || !isSingletonHeader(name))
          headers[name] = joinHeader(name, headers[name], value);
      });
      this.knownHeaders = headers;
    }
    return this.knownHeaders;
  }

  /** The cookies by name, decoded, without prototype; the first of equal names wins. */
  get cookies(): Readonly<Record<string, string | undefined>> {
    return (this.knownCookies ??= parseCookies(this.header('cookie')));
  }

  /** Every raw value of one cookie, in the order sent. */
  cookieValues(name: string): string[] {
    const header = this.header('cookie');
    return header === undefined ? [] : parseCookieValues(header, name);
  }

  /**
   * What `accept` makes of the first raw value of one cookie that it takes, in the order sent; undefined where it takes
   * none. Header lines after the first Cookie line are looked for only when it took nothing there.
   */
  findCookie<T>(name: string, accept: (value: string) => T | undefined): T | undefined {
    const first = this.source.readFirstLine('cookie');
    if (first === undefined) return undefined;
    const values = parseCookieValues(first, name);
    const accepted = findAccepted(values, accept);
    return accepted ?? findAccepted(this.cookieValues(name).slice(values.length), accept);
  }

  /** The decoded value of a path parameter. Throws HttpError 400 on malformed percent-encoding. */
  param(name: string): string | undefined {
    const index = this.route.parameters.indexOf(name);
    return index === -1 ? undefined : this.paramAt(index);
  }

  /** The same by position in the path, first = 0. */
  paramAt(index: number): string | undefined {
    const raw = this.source.readParameter(index);
    return raw === undefined ? undefined : decodePercent(raw);
  }

  /**
   * The body as bytes; read once, answered as often as asked.
   *
   * @throws HttpError 413 above the route's body limit (`@BodyLimit`, default 1 MiB)
   */
  bytes(): Promise<Uint8Array> {
    return holdRejection((async () => this.readBytes())());
  }

  /** The same, at once where it is there already: for steps that want to stay synchronous. Throws or rejects alike. */
  readBytes(): MaybePromise<Uint8Array> {
    if (this.isStreamed) throw new Error('The body was taken as a stream: it can not be read again.');
    return (this.knownBytes ??= this.source.readBody(this.route.bodyLimit));
  }

  /**
   * The body in chunks, as it comes: no more is received than is read. Break off the loop and the rest is dropped.
   * Once only, and instead of `bytes()`, `text()`, `json()` and `form()`; a body that was read before is one chunk.
   * The loop throws HttpError 413 above the route's body limit, 400 when the client goes away in the middle.
   *
   * @example for await (const chunk of context.request.stream()) hash.update(chunk);
   */
  stream(): AsyncIterableIterator<Uint8Array, undefined> {
    if (this.knownBytes !== undefined) return streamBytes(this.knownBytes);
    if (this.isStreamed) throw new Error('The body was taken as a stream: it can not be read again.');
    this.isStreamed = true;
    return this.source.streamBody(this.route.bodyLimit);
  }

  /** For parsing on the spot, without a copy where that can be had: the bytes may be gone when the caller returns. */
  lendBytes(): MaybePromise<Uint8Array> {
    return this.knownBytes ?? (this.isStreamed ? undefined : this.source.lendBody()) ?? this.readBytes();
  }

  /** The body as UTF-8 text. Throws HttpError 400 when it is none, 413 above the limit. */
  text(): Promise<string> {
    return holdRejection(this.bytes().then(parseText));
  }

  /** The body parsed as JSON, whatever its content type. Throws HttpError 400 and 413. */
  json(): Promise<unknown> {
    return holdRejection(this.bytes().then(parseJson));
  }

  /** The body as an url-encoded form, whatever its content type. Throws HttpError 400 and 413. */
  form(): Promise<QueryValues> {
    return holdRejection(this.text().then((text) => new QueryValues(text)));
  }
}
