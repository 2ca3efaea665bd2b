import type { HttpResponse } from 'uWebSockets.js';
import { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseLargeBody } from '../../http/body/body-refusals';
import { BodyStream } from './body-stream';
import { checkFraming, NO_BODY, type Framing } from './check-framing';
import { HeldBody } from './held-body';

const EMPTY = new Uint8Array(0);
/** A body up to this size usually arrives with the head, in one or two packets. */
const SMALL_BODY = 16_384;
/** A body that is refused for its announced length is received and dropped up to this size; for a longer one the connection closes. */
const MOST_DROPPED_BYTES = 16 * 1024 * 1024;

/** The framing of the request body, and the body itself once it is read. */
export class RequestBody {
  /** The refusal of a body that two parsers could read differently; undefined if its framing is valid. */
  readonly fault: HttpError | undefined;

  private readonly framing: Framing;
  private held: HeldBody | undefined;

  constructor(
    private readonly res: HttpResponse,
    lines: readonly string[],
    private readonly limit: number,
  ) {
    const framing = checkFraming(lines);
    this.fault = framing instanceof HttpError ? framing : undefined;
    this.framing = framing instanceof HttpError ? NO_BODY : framing;
  }

  /** Reads the whole body, to keep. Throws or rejects HttpError 413 over the limit (bytes). */
  read(limit: number): MaybePromise<Uint8Array> {
    const { hasBody, length } = this.framing;
    if (!hasBody) return EMPTY;
    if (length !== undefined && length > limit) throw refuseLargeBody(limit);
    return this.hold().read(limit);
  }

  /** Streams the body. The stream fails with 413 over the limit (bytes). */
  stream(limit: number): BodyStream {
    const { hasBody, length = 0 } = this.framing;
    if (hasBody && length <= limit) return this.hold().stream(limit);
    const stream = new BodyStream({ whenTaken() {}, whenStopped() {} });
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
    if (this.framing.hasBody) this.hold().keep();
  }

  /** The client has gone. */
  abort(): void {
    this.held?.abort();
  }

  /** Drops the rest of an unread body, because the response is about to be written. */
  discard(): void {
    this.held?.discard();
  }

  /** No other request may be read from the connection: its next bytes belong to a body that is ambiguous or refused. */
  get mustClose(): boolean {
    return this.fault !== undefined || (this.isOverLimit && !this.lingers) || this.held?.isTooLarge === true;
  }

  /**
   * The client has to close the connection. If the server closed it while the client still sends, the refusal could be
   * lost (RFC 9112 §9.6), so the rest of the body is received and dropped. A small body has usually come by then.
   */
  get lingers(): boolean {
    const { length = Infinity } = this.framing;
    return this.isOverLimit && length > SMALL_BODY && length <= MOST_DROPPED_BYTES;
  }

  private get isOverLimit(): boolean {
    return this.framing.length !== undefined && this.framing.length > this.limit;
  }

  private hold(): HeldBody {
    return (this.held ??= new HeldBody(this.res));
  }
}
