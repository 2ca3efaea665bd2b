import { parseJson, parseText } from './body/body-parsers';
import { parseTextAs } from './body/text-decoder';
import { parseCookies, parseCookieValues } from './headers/cookies';
import { findCookie, type Accept, type IsBetter } from './headers/find-cookie';
import { ForwardedClient, type ProxyTrust } from './proxy/forwarded-client';
import { holdRejection, type MaybePromise } from './maybe-promise';
import { decodePercent } from './query/percent-encoding';
import { QueryValues } from './query/query-values';
import { listLines, readHeaders } from './headers/read-headers';
import type { RequestSource } from './request-source';
import { streamBytes } from './body/stream-body';
import { findRest, REST } from '../routing/find-rest';
import type { RouteInfo } from '../routing/route-info';

/** The request. Each part is read on first use: an unused one costs nothing. All members keep working after an `await`. */
export class HttpRequest {
  /** The body after parsing and validation; undefined before, and on routes without `@Body`. */
  body: unknown = undefined;
  /** Whether a cookie was read, as by a session: then the response may be for one client, and a cache must not share it. */
  hasReadCookies = false;

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

  /** The method as sent. Methods are case-sensitive (RFC 9110 §9.1). */
  get method(): string {
    return (this.knownMethod ??= this.source.readMethod());
  }

  /** The path as sent, still percent-encoded. Routes match against it. */
  get path(): string {
    return (this.knownPath ??= this.source.readPath());
  }

  /** The scheme of the client as reported by a trusted proxy (`trustProxy`), else that of the connection. */
  get protocol(): 'http' | 'https' {
    return this.client?.protocol ?? (this.source.isSecure ? 'https' : 'http');
  }

  /** The same without an effect on Vary, like `peekHost`. */
  peekProtocol(): 'http' | 'https' {
    return this.client?.peekProtocol() ?? (this.source.isSecure ? 'https' : 'http');
  }

  /** The host and port in the client's URL as reported by a trusted proxy (`trustProxy`), else the Host header. */
  get host(): string | undefined {
    return this.client === undefined ? this.header('host') : this.client.host;
  }

  /** The same, but Vary does not name the header that it is read from: for callers that do not choose a response by it. */
  peekHost(): string | undefined {
    return this.client === undefined ? this.header('host') : this.client.peekHost();
  }

  /** The path and the query as sent. */
  get target(): string {
    const query = this.rawQuery;
    return query === '' ? this.path : `${this.path}?${query}`;
  }

  /** The query without the `?`, still encoded; empty when there is none. */
  get rawQuery(): string {
    return this.source.readQuery();
  }

  /** The decoded query. Throws HttpError 400 on malformed percent-encoding. */
  get query(): QueryValues {
    return (this.knownQuery ??= new QueryValues(this.rawQuery));
  }

  /**
   * The address of the client as reported by trusted proxies (`trustProxy`), else `peerAddress`. Empty for a Unix socket,
   * and when it is first read after the client disconnected: read it before, or use `context.signal`.
   */
  get address(): string {
    return this.client === undefined ? this.source.readAddress() : this.client.address;
  }

  /** The address of the other end of the connection, which may be a proxy. Empty where `address` is. */
  get peerAddress(): string {
    return this.source.readAddress();
  }

  /** Makes `address`, `protocol` and `host` follow the headers of trusted proxies. Called before they are read. */
  trustProxies(trust: ProxyTrust): ForwardedClient {
    return (this.client = new ForwardedClient(this.source, trust));
  }

  /** The value of one header, repeated lines combined. The name is case-insensitive. */
  header(name: string): string | undefined {
    const lowerName = name.toLowerCase();
    if (lowerName === 'cookie') this.hasReadCookies = true;
    return this.source.readHeader(lowerName);
  }

  /** Every line of one header in the order sent, to detect repeated ones. Slower than `header(name)`. */
  headerLines(name: string): string[] {
    this.hasReadCookies ||= /^cookie$/i.test(name);
    return listLines(this.source, name.toLowerCase());
  }

  /** All headers without prototype, names in lower case, values as in `header(name)`, which is cheaper for a few. */
  get headers(): Readonly<Record<string, string>> {
    this.hasReadCookies = true;
    return (this.knownHeaders ??= readHeaders(this.source));
  }

  /** All cookies without prototype, decoded. If a name repeats, the first one counts. */
  get cookies(): Readonly<Record<string, string | undefined>> {
    return (this.knownCookies ??= parseCookies(this.header('cookie')));
  }

  /** Every raw value of one cookie, in the order sent. */
  cookieValues(name: string): string[] {
    return parseCookieValues(this.header('cookie') ?? '', name);
  }

  /**
   * Calls `accept` with each raw value of one cookie, in the order sent, and returns its first result that is not undefined,
   * with `isBetter` the best of all. Other Cookie lines, which browsers do not send, are searched only without a result.
   */
  findCookie<T>(name: string, accept: Accept<T>, isBetter?: IsBetter<T>): T | undefined {
    this.hasReadCookies = true;
    return findCookie(this.source, name, accept, isBetter);
  }

  /** The decoded value of a path parameter; of `*` the rest of the path. Throws HttpError 400 on malformed percent-encoding. */
  param(name: string): string | undefined {
    const index = this.route.parameters.indexOf(name);
    if (index !== -1) return this.paramAt(index);
    const rest = name === REST ? findRest(this.route.path, this.path) : undefined;
    return rest && decodePercent(rest);
  }

  /** The same by position in the path, without `*`; the first is 0. */
  paramAt(index: number): string | undefined {
    const raw = this.source.readParameter(index);
    return raw === undefined ? undefined : decodePercent(raw);
  }

  /**
   * The body as bytes, kept for `text`, `json` and `form`. Throws HttpError 413 above the route's body limit (`@BodyLimit`,
   * default 1 MiB), 400 when the client disconnected.
   */
  bytes(): Promise<Uint8Array> {
    return holdRejection((async () => this.readBytes())());
  }

  /** The same without a promise if the body is there already, for steps that stay synchronous. May throw at once. */
  readBytes(): MaybePromise<Uint8Array> {
    if (this.isStreamed) throw new Error('The body was taken as a stream and cannot be read again.');
    return (this.knownBytes ??= this.source.readBody(this.route.bodyLimit));
  }

  /**
   * The body as it arrives, with back-pressure; leaving the loop drops the rest. A chunk has 16 KiB or more, or what has
   * come when the loop waits. Call it once, instead of `bytes`, `text`, `json` and `form`; a body that was read before is
   * one chunk. The loop throws HttpError 413 above the route's body limit, 400 when the client disconnects too early.
   *
   * @throws Error when the body was taken as a stream before
   * @example for await (const chunk of context.request.stream()) hash.update(chunk);
   */
  stream(): AsyncIterableIterator<Uint8Array> {
    if (this.knownBytes !== undefined) return streamBytes(this.knownBytes);
    if (this.isStreamed) throw new Error('The body was taken as a stream and cannot be read again.');
    this.isStreamed = true;
    return this.source.streamBody(this.route.bodyLimit);
  }

  /** The body for parsing at once, without a copy if possible. The bytes are valid only until the caller returns. */
  lendBytes(): MaybePromise<Uint8Array> {
    return this.knownBytes ?? (this.isStreamed ? undefined : this.source.lendBody()) ?? this.readBytes();
  }

  /** The body as text in its charset, else UTF-8. Throws HttpError 400 if malformed, 415 if unknown, 413 above the limit. */
  text(): Promise<string> {
    return holdRejection(this.bytes().then((bytes) => parseTextAs(this.header('content-type'), bytes)));
  }

  /** The body parsed as JSON, whatever its content type. Throws HttpError 400 when malformed, 413 above the limit. */
  json(): Promise<unknown> {
    return holdRejection(this.bytes().then(parseJson));
  }

  /** The body parsed as a URL-encoded form, whatever its content type. Throws like `json`. */
  form(): Promise<QueryValues> {
    return holdRejection(this.bytes().then((bytes) => new QueryValues(parseText(bytes))));
  }
}
