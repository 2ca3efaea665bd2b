import type { MaybePromise } from './maybe-promise';

/**
 * The parts of a request as an engine provides them. A `read…` call costs, because it may touch the native request.
 * An implementation must keep every method working for as long as the context lives.
 */
export interface RequestSource {
  /** The method as sent. Methods are case-sensitive. */
  readMethod(): string;
  /** The path of the target as sent, still percent-encoded. */
  readPath(): string;
  /** The query without the `?`, still encoded; empty when there is none. */
  readQuery(): string;
  /** The lines of one header (name in lower case), combined by RFC 9110 §5.3; undefined when there are none. */
  readHeader(lowerName: string): string | undefined;
  /** The first line of one header (name in lower case). Cheaper than `readHeader`, which looks for all lines. */
  readFirstLine(lowerName: string): string | undefined;
  /** Every header line in order, names in lower case. */
  readHeaders(visit: (lowerName: string, value: string) => void): void;
  /** The value of the route's parameter at `index`, still percent-encoded. */
  readParameter(index: number): string | undefined;
  /** The connection is encrypted: TLS ends here, and not at a proxy. */
  readonly isSecure: boolean;
  /** The other end of the connection: an IPv4 or IPv6 address, IPv4-mapped ones as IPv4; empty when it has none. */
  readAddress(): string;
  /**
   * The whole body. Called at most once.
   *
   * @param limit the most bytes that the body may have
   * @throws HttpError 413 above the limit, 400 when the client disconnected before the end
   */
  readBody(limit: number): MaybePromise<Uint8Array>;
  /**
   * The body in chunks as they arrive, each in memory of its own. A client that is faster than the reader has to wait.
   * Called at most once, and instead of `readBody`. `return` drops the rest of the body. `next` rejects with HttpError
   * 413 above the limit (bytes), and 400 when the client disconnected before the end.
   */
  streamBody(limit: number): AsyncIterableIterator<Uint8Array>;
  /** The whole body if it has arrived, else undefined. The bytes are valid only until the caller returns. */
  lendBody(): Uint8Array | undefined;
  /** The client disconnected before the end of the response. */
  readonly hasLeft: boolean;
  /** Runs `listener` once when the client disconnects before the end of the response, or now if it already has. */
  onAbort(listener: () => void): void;
}
