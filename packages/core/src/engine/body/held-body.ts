import type { HttpError } from '../../http/status/http-error';
import type { MaybePromise } from '../../http/maybe-promise';
import { refuseDiscarded, refuseGone, refuseLargeBody } from '../../http/body/body-refusals';
import { ByteBlocks } from '../../http/body/byte-blocks';
import { BodyStream } from './body-stream';
import { Brake } from './brake';
import { Linger } from './linger';
import { viewBytes, type Chunk, type Upload } from './upload';

/** So many unread bytes are held before the client has to wait. */
const MOST_HELD_BYTES = 65_536;

/**
 * A request body that is arriving. It listens from the beginning, because an engine drops a body without a listener.
 * Unread bytes are held up to a limit; then the connection is paused.
 */
export class HeldBody {
  /** The body is over the limit. */
  isTooLarge = false;
  /** The last byte has arrived. */
  isComplete = false;

  /** A whole body in the memory of the engine, valid until the callback that brought it returns. */
  private borrowed: Uint8Array | undefined;
  private readonly blocks = new ByteBlocks();
  private size = 0;
  /** The whole body was asked for. */
  private isWanted = false;
  /** Its bytes were dropped, and what still comes is dropped too. */
  private isDropped = false;
  /** The response is being written. From now on it may only be touched while it lingers. */
  private isAnswered = false;
  private failure: HttpError | undefined;
  private streaming: BodyStream | undefined;
  private listeners: { whenThere(): void; whenNot(): void } | undefined;
  private waiting: { resolve(bytes: Uint8Array): void; reject(error: HttpError): void } | undefined;
  private brake: Brake | undefined;
  private lingering: Linger | undefined;

  /** @param limit in bytes; those that are not read count too */
  constructor(
    private readonly upload: Upload,
    private limit: number,
  ) {
    upload.onData((chunk, isLast) => this.receive(chunk, isLast));
  }

  /** Reads the whole body. Throws or rejects HttpError 413 over the limit (bytes), 400 if the client has gone. */
  read(limit: number): MaybePromise<Uint8Array> {
    const failure = this.prepareReading(limit);
    if (failure !== undefined) throw failure;
    this.keep();
    if (this.isComplete) return this.blocks.takeAll();
    this.isWanted = true;
    this.brake?.release();
    return new Promise((resolve, reject) => (this.waiting = { resolve, reject }));
  }

  /** Streams the body, from its beginning. The stream fails with 413 over the limit (bytes), and 400 if the client has gone. */
  stream(limit: number): BodyStream {
    const failure = this.prepareReading(limit);
    this.keep();
    const calls = { whenTaken: () => this.releaseWhenLow(), whenStopped: () => this.stop() };
    const stream = new BodyStream(calls, this.blocks);
    if (failure !== undefined) stream.fail(failure);
    else if (this.isComplete) stream.complete();
    else this.streaming = stream;
    return stream;
  }

  /** Calls `whenThere` when the whole body of at most `limit` bytes has arrived, or `whenNot` if it never will. */
  await(limit: number, whenThere: () => void, whenNot: () => void): void {
    this.limit = limit;
    this.isWanted = true;
    this.listeners = { whenThere, whenNot };
  }

  /** The whole body, valid until the engine takes its memory back; undefined if it has not arrived. */
  get lent(): Uint8Array | undefined {
    return this.borrowed;
  }

  /** Copies a lent body before the engine takes its memory back. */
  keep(): void {
    if (this.borrowed === undefined) return;
    this.blocks.push(this.borrowed);
    this.borrowed = undefined;
  }

  /** The client has gone. */
  abort(): void {
    this.brake?.forget();
    this.lingering?.end();
    this.fail(refuseGone());
  }

  /**
   * Drops the rest of the body, because the response is about to be written. A body that was kept whole stays readable.
   * Call it while the response is still alive.
   */
  discard(): void {
    this.isAnswered = true;
    if (!this.isComplete || this.borrowed !== undefined) this.drop();
    this.brake?.release();
  }

  /** Receives the rest after `discard`, while the response stays alive; resolves when that is over. */
  linger(quiet: number): Promise<void> {
    this.lingering = new Linger(this.upload, quiet);
    return this.lingering.over;
  }

  private receive(chunk: Chunk, isLast: boolean): void {
    this.size += chunk.byteLength;
    this.isComplete = isLast;
    if (this.isAnswered) this.lingering?.receive(chunk.byteLength, isLast);
    else if (this.size > this.limit) this.refuse(this.limit);
    if (this.isDropped) {
      // A client that sends more than the limit has to wait for its answer.
      if (this.isTooLarge && !this.isAnswered && !isLast) this.hold();
    } else if (isLast && this.listeners !== undefined && this.blocks.byteLength === 0) this.lend(chunk);
    else this.store(viewBytes(chunk), isLast);
  }

  /** Copies a chunk, because the engine takes its memory back. */
  private store(chunk: Uint8Array, isLast: boolean): void {
    (this.streaming ?? this.blocks).push(chunk);
    if (isLast) this.complete();
    else if (this.unreadBytes > MOST_HELD_BYTES) this.hold();
  }

  private get unreadBytes(): number {
    return this.isWanted ? 0 : this.blocks.byteLength;
  }

  /** Lends an awaited body that arrives in one piece: most are used up before the engine takes the memory back. */
  private lend(chunk: Chunk): void {
    this.borrowed = viewBytes(chunk);
    this.complete();
    this.borrowed = undefined;
  }

  private complete(): void {
    const { listeners } = this;
    this.listeners = undefined;
    listeners?.whenThere();
    this.streaming?.complete();
    this.waiting?.resolve(this.blocks.takeAll());
    this.waiting = undefined;
  }

  private prepareReading(limit: number): HttpError | undefined {
    this.limit = limit;
    if (this.size > limit) this.refuse(limit);
    return this.failure ?? (this.isDropped ? refuseDiscarded() : undefined);
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
    this.isDropped = true;
    this.blocks.clear();
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

  /** The reader of the stream has left. */
  private stop(): void {
    if (this.isComplete || this.isDropped) return;
    this.isDropped = true;
    this.brake?.release();
  }

  private releaseWhenLow(): void {
    if (this.unreadBytes <= MOST_HELD_BYTES / 2) this.brake?.release();
  }

  private hold(): void {
    this.brake ??= new Brake(this.upload);
    this.brake.hold();
  }
}
