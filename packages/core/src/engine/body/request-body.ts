import { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseLargeBody } from '../../http/body/body-refusals';
import { ByteBlocks } from '../../http/body/byte-blocks';
import { BodyStream } from './body-stream';
import { checkFraming, NO_BODY, type Framing } from './check-framing';
import { findFirstLine } from '../find-lines';
import { HeldBody } from './held-body';
import { MOST_DROPPED_BYTES } from './linger';
import type { Upload } from './upload';

const EMPTY = new Uint8Array(0);
/** A body up to this size usually arrives with the head, in one or two packets. */
const SMALL_BODY = 16_384;

/** The framing of the request body, and the body itself once it is read. */
export class RequestBody {
  /** The refusal of a body that two parsers could read differently; undefined if its framing is valid. */
  readonly fault: HttpError | undefined;

  /** The program has asked for it. */
  isRead = false;

  private readonly framing: Framing;
  private held: HeldBody | undefined;

  constructor(
    private readonly upload: Upload,
    private readonly lines: readonly string[],
    private readonly limit: number,
    /** The engine would read the trailers of a chunked body as a request. */
    private readonly misreadsTrailers: boolean,
  ) {
    const framing = checkFraming(lines);
    this.fault = framing instanceof HttpError ? framing : undefined;
    this.framing = framing instanceof HttpError ? NO_BODY : framing;
  }

  /** Reads the whole body, to keep. Throws or rejects HttpError 413 over the limit (bytes). */
  read(limit: number): MaybePromise<Uint8Array> {
    const { hasBody, length } = this.framing;
    this.isRead = true;
    if (!hasBody) return EMPTY;
    if (length !== undefined && length > limit) throw refuseLargeBody(limit);
    return this.hold().read(limit);
  }

  /** Streams the body. The stream fails with 413 over the limit (bytes). */
  stream(limit: number): BodyStream {
    const { hasBody, length = 0 } = this.framing;
    this.isRead = true;
    if (hasBody && length <= limit) return this.hold().stream(limit);
    const stream = new BodyStream({ whenTaken() {}, whenStopped() {} }, new ByteBlocks());
    if (hasBody) stream.fail(refuseLargeBody(limit));
    else stream.complete();
    return stream;
  }

  /** The whole body if it has arrived, valid until the caller returns. */
  lend(): Uint8Array | undefined {
    return this.framing.hasBody ? this.held?.lent : EMPTY;
  }

  /** Receives an announced small body, then calls one of the functions. Returns false, without effect, for any other body. */
  receiveSmall(whenThere: () => void, whenNot: () => void): boolean {
    const { hasBody, length = Infinity } = this.framing;
    if (!hasBody || length > SMALL_BODY || length > this.limit) return false;
    this.hold().await(length, whenThere, whenNot);
    return true;
  }

  /** Listens to the body, if there is one, and keeps it. Call it only inside the route's callback. */
  keep(): void {
    if (this.framing.hasBody || this.fault !== undefined) this.hold().keep();
  }

  /** The client has gone. */
  abort(): void {
    this.held?.abort();
  }

  /** Drops the rest of an unread body, because the response is about to be written. */
  discard(): void {
    this.held?.discard();
  }

  /** Receives and drops the rest, if the response must wait for that; `quiet` milliseconds without a byte are its end. */
  linger(quiet: number): Promise<void> | undefined {
    return this.isArriving ? this.held?.linger(quiet) : undefined;
  }

  /** Bytes of the body are still expected. */
  get isArriving(): boolean {
    return (this.framing.hasBody || this.fault !== undefined) && this.held?.isComplete !== true;
  }

  /**
   * No other request is read from the connection, however much of the body is read: the body is ambiguous or over the
   * limit, or it is chunked, and the engine would misread its trailers (RFC 9112 §7.1.2).
   */
  get endsConnection(): boolean {
    const { hasBody, length } = this.framing;
    if (this.fault !== undefined || this.held?.isTooLarge === true) return true;
    return length === undefined ? hasBody && this.misreadsTrailers : length > this.limit && this.isArriving;
  }

  /**
   * No other request is read from the connection if the rest of the body is not read: it could be too long to be
   * dropped, or the client has asked for the end of the connection.
   */
  get mustClose(): boolean {
    if (this.endsConnection || !this.isArriving) return this.endsConnection;
    const { length = Infinity } = this.framing;
    return length > MOST_DROPPED_BYTES || this.isLast;
  }

  /** The engine reads the header like this, too. */
  private get isLast(): boolean {
    return findFirstLine(this.lines, 'connection')?.length === 'close'.length;
  }

  private hold(): HeldBody {
    return (this.held ??= new HeldBody(this.upload, this.limit));
  }
}
