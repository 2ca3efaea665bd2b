import { BodyReader } from './body/body-reader';
import { parseCookies, parseCookieValues } from './headers/cookies';
import { findCookie, type Accept, type IsBetter } from './headers/find-cookie';
import { ForwardedClient, type ProxyTrust } from './proxy/forwarded-client';
import type { MaybePromise } from './maybe-promise';
import { decodePercent } from './query/percent-encoding';
import { QueryValues } from './query/query-values';
import { listLines, readHeaders } from './headers/read-headers';
import type { RequestSource } from './request-source';
import { findRest, REST } from '../routing/find-rest';
import type { RouteInfo } from '../routing/route-info';

/** The members of a BodyReader, which describes them. */
type BodyMembers = Pick<BodyReader, keyof BodyReader>;

/**
 * The request. Each part is read from the engine on first use, so an unused part costs nothing. All members keep
 * working after an `await`.
 */
export class HttpRequest implements BodyMembers {
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
  private knownContent: BodyReader | undefined;

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

  /**
   * The decoded query.
   *
   * @throws HttpError 400 on malformed percent-encoding
   */
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
    return this.open(lowerName).readHeader(lowerName);
  }

  /** Every line of one header in the order sent, to detect repeated ones. Slower than `header(name)`. */
  headerLines(name: string): string[] {
    const lowerName = name.toLowerCase();
    return listLines(this.open(lowerName), lowerName);
  }

  /** All headers without prototype, names in lower case, values as in `header(name)`, which is cheaper for a few. */
  get headers(): Readonly<Record<string, string>> {
    return (this.knownHeaders ??= readHeaders(this.open('cookie')));
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
   * Calls `accept` with each raw value of one cookie, in the order sent, and returns its first result that is not
   * undefined. With `isBetter` it calls `accept` with every value, and returns the best result. Other Cookie lines, which
   * browsers do not send, are searched only when the first one gave no result.
   */
  findCookie<T>(name: string, accept: Accept<T>, isBetter?: IsBetter<T>): T | undefined {
    return findCookie(this.open('cookie'), name, accept, isBetter);
  }

  /**
   * The decoded value of a path parameter; of `*` the rest of the path.
   *
   * @throws HttpError 400 on malformed percent-encoding
   */
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

  bytes(): Promise<Uint8Array> {
    return this.content.bytes();
  }

  readBytes(): MaybePromise<Uint8Array> {
    return this.content.readBytes();
  }

  stream(): AsyncIterableIterator<Uint8Array> {
    return this.content.stream();
  }

  lendBytes(): MaybePromise<Uint8Array> {
    return this.content.lendBytes();
  }

  text(): Promise<string> {
    return this.content.text();
  }

  json(): Promise<unknown> {
    return this.content.json();
  }

  form(): Promise<QueryValues> {
    return this.content.form();
  }

  private get content(): BodyReader {
    return (this.knownContent ??= new BodyReader(this.source, this.route.bodyLimit));
  }

  /** The source for the values of a header. All of them are read through here, so no cookie is read without a note. */
  private open(lowerName: string): RequestSource {
    if (lowerName === 'cookie') this.hasReadCookies = true;
    return this.source;
  }
}
