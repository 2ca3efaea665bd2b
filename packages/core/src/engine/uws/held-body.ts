import type { HttpResponse } from 'uWebSockets.js';
import type { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseDiscarded, refuseGone, refuseLargeBody } from '../../http/body/body-refusals';
import { BodyStream } from './body-stream';

/** So many unread bytes are held before the client has to wait. */
const MOST_HELD_BYTES = 65_536;

/**
 * A request body that is arriving. It listens from the beginning, because µWebSockets drops a body without a listener.
 * Unread bytes are held up to a limit; then the connection is paused.
 */
export class HeldBody {
  /** The body is over the limit, so the connection must not be used for another request. */
  isTooLarge = false;

  /** A whole body in the memory of the engine, valid until the callback that brought it returns. */
  private borrowed: Uint8Array | undefined;
  private chunks: Uint8Array[] = [];
  private size = 0;
  private limit: number | undefined;
  private isComplete = false;
  private isPaused = false;
  private isDiscarded = false;
  private failure: HttpError | undefined;
  private streaming: BodyStream | undefined;
  private listeners: { whenThere(): void; whenNot(): void } | undefined;
  private waiting: { resolve(bytes: Uint8Array): void; reject(error: HttpError): void } | undefined;

  constructor(private readonly res: HttpResponse) {
    res.onData((chunk, isLast) => this.receive(chunk, isLast));
  }

  /** Reads the whole body. Throws or rejects HttpError 413 over the limit (bytes), 400 if the client has gone. */
  read(limit: number): MaybePromise<Uint8Array> {
    this.limit = limit;
    if (this.size > limit) this.refuse(limit);
    if (this.failure !== undefined) throw this.failure;
    if (this.isDiscarded) throw refuseDiscarded();
    if (this.isComplete) return this.take();
    this.release();
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  /** Streams the body, from its beginning. The stream fails with 413 over the limit (bytes), and 400 if the client has gone. */
  stream(limit: number): BodyStream {
    const stream = new BodyStream({
      whenTaken: () => this.releaseWhenLow(),
      whenStopped: () => this.stop(),
    });
    this.limit = limit;
    if (this.size > limit) this.refuse(limit);
    const failure = this.failure ?? (this.isDiscarded ? refuseDiscarded() : undefined);
    if (failure !== undefined) {
      stream.fail(failure);
      return stream;
    }
    this.keep();
    for (const chunk of this.chunks.splice(0)) stream.push(chunk);
    if (this.isComplete) stream.complete();
    else this.streaming = stream;
    return stream;
  }

  /** Calls `whenThere` when the whole body of at most `limit` bytes has arrived, or `whenNot` if it never will. */
  await(limit: number, whenThere: () => void, whenNot: () => void): void {
    this.limit = limit;
    this.listeners = { whenThere, whenNot };
  }

  /** The whole body, valid until the engine takes its memory back; undefined if it has not arrived. */
  get lent(): Uint8Array | undefined {
    return this.borrowed;
  }

  /** Copies a lent body before the engine takes its memory back. */
  keep(): void {
    if (this.borrowed === undefined) return;
    this.chunks.push(this.borrowed.slice());
    this.borrowed = undefined;
  }

  /** The client has gone. */
  abort(): void {
    this.isPaused = false;
    this.fail(refuseGone());
  }

  /**
   * Drops the rest of the body, because the response is about to be written. A body that was kept whole stays readable.
   * Call it while the response is still alive.
   */
  discard(): void {
    this.isDiscarded = !this.isComplete || this.borrowed !== undefined;
    if (this.isDiscarded) this.drop();
    this.release();
  }

  private receive(chunk: ArrayBuffer, isLast: boolean): void {
    if (this.failure !== undefined || this.isDiscarded) return;
    this.size += chunk.byteLength;
    if (this.limit !== undefined && this.size > this.limit) {
      this.refuse(this.limit);
      return;
    }
    if (isLast && this.listeners !== undefined && this.chunks.length === 0) {
      this.lend(chunk);
      return;
    }
    // The engine takes the memory back after this callback. The copy owns its memory and is never a part of a pool.
    if (chunk.byteLength > 0) (this.streaming ?? this.chunks).push(new Uint8Array(chunk.slice(0)));
    if (isLast) this.complete();
    else if (this.unreadBytes > MOST_HELD_BYTES && !this.isPaused) {
      this.isPaused = true;
      this.res.pause();
    }
  }

  private get unreadBytes(): number {
    if (this.streaming !== undefined) return this.streaming.waitingBytes;
    return this.limit === undefined ? this.size : 0;
  }

  /** Lends an awaited body that arrives in one piece: most are used up before the engine takes the memory back. */
  private lend(chunk: ArrayBuffer): void {
    this.borrowed = new Uint8Array(chunk);
    this.complete();
    this.borrowed = undefined;
  }

  private complete(): void {
    this.isComplete = true;
    const { listeners } = this;
    this.listeners = undefined;
    listeners?.whenThere();
    this.streaming?.complete();
    this.waiting?.resolve(this.take());
    this.waiting = undefined;
  }

  private take(): Uint8Array {
    this.keep();
    const { chunks } = this;
    this.chunks = [];
    if (chunks.length === 1) return chunks[0]!;
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.byteLength;
    }
    return whole;
  }

  private refuse(limit: number): void {
    this.isTooLarge = true;
    this.fail(refuseLargeBody(limit));
  }

  private fail(error: HttpError): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.drop();
  }

  /** Drops the bytes that have arrived, and fails the reader that waits for the rest. */
  private drop(): void {
    this.chunks = [];
    this.borrowed = undefined;
    const { listeners, waiting } = this;
    this.listeners = undefined;
    this.waiting = undefined;
    listeners?.whenNot();
    // An error is expensive, and most bodies are dropped while no reader waits.
    if (waiting === undefined && this.streaming === undefined) return;
    const failure = this.failure ?? refuseDiscarded();
    waiting?.reject(failure);
    this.streaming?.fail(failure);
  }

  /** The reader of the stream has stopped. */
  private stop(): void {
    if (this.failure !== undefined || this.isComplete || this.isDiscarded) return;
    this.isDiscarded = true;
    this.release();
  }

  private releaseWhenLow(): void {
    if (this.unreadBytes <= MOST_HELD_BYTES / 2) this.release();
  }

  private release(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.res.resume();
  }
}
