import type { HttpResponse } from 'uWebSockets.js';
import { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseTooLarge } from '../../http/body/body-refusals';
import { BodyStream } from './body-stream';
import { checkFraming, NO_BODY, type Framing } from './check-framing';
import { HeldBody } from './held-body';

const EMPTY = new Uint8Array(0);
/** Bytes that usually come with the head, in one packet or two. */
const SMALL_BODY = 16_384;
/** Of a body that is refused for its announced length so many bytes are let in and dropped; a longer one is cut off. */
const MOST_DROPPED_BYTES = 16 * 1024 * 1024;

/** What the head says of the body, and the body itself as far as somebody wants it. */
export class RequestBody {
  /** The refusal of a body that could be read in two ways; undefined where all is well. */
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

  /** The whole of it, to keep. Throws or rejects HttpError 413 above the limit (bytes). */
  read(limit: number): MaybePromise<Uint8Array> {
    const { hasBody, length } = this.framing;
    if (!hasBody) return EMPTY;
    if (length !== undefined && length > limit) throw refuseTooLarge(limit);
    return this.hold().read(limit);
  }

  /** As it comes. Its reader is told 413 above the limit (bytes). */
  stream(limit: number): BodyStream {
    const { hasBody, length = 0 } = this.framing;
    if (hasBody && length <= limit) return this.hold().stream(limit);
    const stream = new BodyStream({ whenTaken() {}, whenStopped() {} });
    if (hasBody) stream.fail(refuseTooLarge(limit));
    else stream.complete();
    return stream;
  }

  /** The whole of it where it is at hand, to look at now and not to keep. */
  lend(): Uint8Array | undefined {
    return this.framing.hasBody ? this.held?.lent : EMPTY;
  }

  /**
   * Receives an announced small body, and calls one of the two then; false, and nothing done, for any other body.
   */
  receiveSmall(whenThere: () => void, whenNot: () => void): boolean {
    const { hasBody, length = Infinity } = this.framing;
    if (!hasBody || length > SMALL_BODY || length > this.limit) return false;
    this.hold().await(length, whenThere, whenNot);
    return true;
  }

  /** Listens, where a body comes: only inside the route's callback. What comes is kept from now on. */
  keep(): void {
    if (this.framing.hasBody) this.hold().keep();
  }

  /** The client has gone. */
  abort(): void {
    this.held?.abort();
  }

  /** The response is about to be written: lets the rest of an unread body through. */
  discard(): void {
    this.held?.discard();
  }

  /** What still comes on the connection can not be trusted, or is not wanted: no other request may be read from it. */
  get mustClose(): boolean {
    return this.fault !== undefined || (this.isOverLimit && !this.lingers) || this.held?.isTooLarge === true;
  }

  /**
   * The refusal would be lost if the connection were closed while the client still sends: it is left to the client
   * to close, and what still comes is dropped (RFC 9112 §9.6).
   */
  get lingers(): boolean {
    return this.isOverLimit && (this.framing.length ?? Infinity) <= MOST_DROPPED_BYTES;
  }

  private get isOverLimit(): boolean {
    return this.framing.length !== undefined && this.framing.length > this.limit;
  }

  private hold(): HeldBody {
    return (this.held ??= new HeldBody(this.res));
  }
}
