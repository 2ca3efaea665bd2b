import type { HttpResponse } from 'uWebSockets.js';
import type { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseDiscarded, refuseGone, refuseTooLarge } from '../../http/body/body-refusals';
import { BodyStream } from './body-stream';

/** Bytes that are kept for whoever has not asked for them yet; then the client has to wait. */
const MOST_HELD_BYTES = 65_536;

/**
 * A request body on its way in. Listening begins at once, because µWebSockets loses a body nobody listens to;
 * what was not asked for yet is held, bounded, and then paused.
 */
export class HeldBody {
  /** More came than may: the connection must not be used for another request. */
  isTooLarge = false;

  /** A whole body in the engine's own memory, for as long as the callback lasts that brought it. */
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

  /** The whole body. Throws or rejects HttpError 413 above the limit (bytes), 400 when the client has gone. */
  read(limit: number): MaybePromise<Uint8Array> {
    this.limit = limit;
    if (this.size > limit) this.refuse(limit);
    if (this.failure !== undefined) throw this.failure;
    if (this.isDiscarded) throw refuseDiscarded();
    if (this.isComplete) return this.take();
    this.release();
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  /** The body as it comes, with what has come already. Its reader is told: 413 above the limit (bytes), 400 when the client has gone. */
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

  /** Calls `whenThere` once all of it is there, or `whenNot` where it never will be; no more than `limit` bytes come. */
  await(limit: number, whenThere: () => void, whenNot: () => void): void {
    this.limit = limit;
    this.listeners = { whenThere, whenNot };
  }

  /** The whole body, to look at before the engine takes it back; undefined where it is not at hand. */
  get lent(): Uint8Array | undefined {
    return this.borrowed;
  }

  /** Nothing that has come may be lost when the engine takes its memory back. */
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
   * The response is about to be written, and nobody wants the rest: it is let through and dropped. A body that was
   * kept whole stays readable. Called while the response is still alive.
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
    // The engine takes the memory back after this callback. A copy with memory of its own, never a part of a pool.
    if (chunk.byteLength > 0) (this.streaming ?? this.chunks).push(new Uint8Array(chunk.slice(0)));
    if (isLast) this.complete();
    else if (this.unaskedBytes > MOST_HELD_BYTES && !this.isPaused) {
      this.isPaused = true;
      this.res.pause();
    }
  }

  private get unaskedBytes(): number {
    if (this.streaming !== undefined) return this.streaming.waitingBytes;
    return this.limit === undefined ? this.size : 0;
  }

  /** In one piece, and awaited: most bodies are done with before the engine takes the memory back. */
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
    this.fail(refuseTooLarge(limit));
  }

  private fail(error: HttpError): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.drop();
  }

  /** Gives up what has come, and tells whoever waits for the rest. */
  private drop(): void {
    this.chunks = [];
    this.borrowed = undefined;
    const { listeners, waiting } = this;
    this.listeners = undefined;
    this.waiting = undefined;
    listeners?.whenNot();
    // An error is dear to make, and most bodies are dropped with nobody waiting for them.
    if (waiting === undefined && this.streaming === undefined) return;
    const failure = this.failure ?? refuseDiscarded();
    waiting?.reject(failure);
    this.streaming?.fail(failure);
  }

  /** The reader of the stream wants no more of it. */
  private stop(): void {
    if (this.failure !== undefined || this.isComplete || this.isDiscarded) return;
    this.isDiscarded = true;
    this.release();
  }

  private releaseWhenLow(): void {
    if (this.unaskedBytes <= MOST_HELD_BYTES / 2) this.release();
  }

  private release(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.res.resume();
  }
}
