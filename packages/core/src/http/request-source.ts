import type { MaybePromise } from './maybe-promise';

/**
 * What an engine gives a request to read from. Reading costs: a `read…` call may touch the native request.
 * An implementation must keep every method working for as long as the context lives.
 */
export interface RequestSource {
  /** As sent; case counts. */
  readMethod(): string;
  /** The path of the target as sent, still percent-encoded. */
  readPath(): string;
  /** What stands after the `?`, still encoded; empty where there is none. */
  readQuery(): string;
  /** The lines of one header (name in lower case), combined as RFC 9110 §5.3 says; undefined where there is none. */
  readHeader(lowerName: string): string | undefined;
  /** The first line of one header alone (name in lower case): cheaper, since nothing looks for more of them. */
  readFirstLine(lowerName: string): string | undefined;
  /** Every header line in order, names in lower case. */
  readHeaders(visit: (lowerName: string, value: string) => void): void;
  /** The value of the route's parameter at `index`, still percent-encoded. */
  readParameter(index: number): string | undefined;
  /** The other end of the connection: an IPv4 or IPv6 address, IPv4-mapped ones as IPv4; empty where there is none. */
  readAddress(): string;
  /**
   * The whole body. Called once at most.
   *
   * @param limit bytes; one more and it fails
   * @throws HttpError 413 over the limit, 400 when the client went away in the middle
   */
  readBody(limit: number): MaybePromise<Uint8Array>;
  /**
   * The body in chunks as it comes, in memory of their own; a client that is faster than the reader has to wait.
   * Called once at most, and in place of `readBody`. Stopping it (`return`) lets the rest be dropped.
   * Its reader is told of failures: HttpError 413 over the limit (bytes), 400 when the client went away in the middle.
   */
  streamBody(limit: number): AsyncIterableIterator<Uint8Array, undefined>;
  /** The whole body where it is at hand, to be looked at until the caller returns and not kept; undefined elsewhere. */
  lendBody(): Uint8Array | undefined;
  /** Runs `listener` once when the client goes away before it was answered; at once if it is gone already. */
  onAbort(listener: () => void): void;
}

/** Headers of which only the first line counts; all others are lists and are joined (RFC 9110 §5.3). */
const SINGLETONS: ReadonlySet<string> = new Set([
  'access-control-request-method',
  'age',
  'authorization',
  'content-length',
  'content-type',
  'date',
  'expect',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'origin',
  'proxy-authorization',
  'range',
  'referer',
  'user-agent',
]);

/** Answers whether only the first line of the header counts. */
export function isSingletonHeader(lowerName: string): boolean {
  return SINGLETONS.has(lowerName);
}

/** Joins one more line to a header's value: Cookie with `; ` (RFC 6265bis §5.8.3), all others with `, `. */
export function joinHeader(lowerName: string, present: string | undefined, value: string): string {
  if (present === undefined) return value;
  return `${present}${lowerName === 'cookie' ? '; ' : ', '}${value}`;
}
