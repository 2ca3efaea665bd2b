import type { ByteBlocks } from '../../http/body/byte-blocks';
import type { HttpError } from '../../http/status/http-error';

/** The calls from a stream to the code that fills it. */
export interface BodyStreamSource {
  /** A block was read, so there may be room for more. */
  whenTaken(): void;
  /** The reader does not want the rest. */
  whenStopped(): void;
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: HttpError): void;
}

const DONE = { done: true, value: undefined } as const;

/** Read when the process starts: the fake timers of a test would stop the stream. */
const afterTurn = setImmediate;

/**
 * A body that is arriving. Its bytes wait here, counted, until they are read. A reader that waits gets whole blocks at
 * once, and smaller ones at the end of the turn of the event loop in which they came.
 */
export class BodyStream implements AsyncIterableIterator<Uint8Array, undefined> {
  private isComplete = false;
  private failure: HttpError | undefined;
  private readonly waiting: Waiting[] = [];
  private isTurnEndAwaited = false;

  /** @param blocks the bytes that have arrived already; the stream takes them over */
  constructor(
    private readonly source: BodyStreamSource,
    private readonly blocks: ByteBlocks,
  ) {}

  /** Bytes that have arrived and have not been read yet. */
  get waitingBytes(): number {
    return this.blocks.byteLength;
  }

  /** Adds a copy of a chunk. */
  push(chunk: Uint8Array): void {
    this.blocks.push(chunk);
    while (this.waiting.length > 0 && this.blocks.hasWhole) this.deliver();
    if (this.waiting.length === 0 || this.waitingBytes === 0 || this.isTurnEndAwaited) return;
    this.isTurnEndAwaited = true;
    afterTurn(() => {
      this.isTurnEndAwaited = false;
      this.deliverAll();
    });
  }

  /** Ends the stream: the whole body has arrived. */
  complete(): void {
    this.deliverAll();
    this.isComplete = true;
    for (const reader of this.waiting.splice(0)) reader.resolve(DONE);
  }

  /** Fails the stream: the rest will never arrive, and waiting bytes are dropped. */
  fail(error: HttpError): void {
    if (this.isComplete || this.failure !== undefined) return;
    this.failure = error;
    this.blocks.clear();
    for (const reader of this.waiting.splice(0)) reader.reject(error);
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.failure !== undefined) throw this.failure;
    const block = this.blocks.shift();
    if (block !== undefined) {
      this.source.whenTaken();
      return { done: false, value: block };
    }
    if (this.isComplete) return DONE;
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Stops reading: further chunks are dropped. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.blocks.clear();
    this.complete();
    this.source.whenStopped();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private deliverAll(): void {
    while (this.waiting.length > 0 && this.waitingBytes > 0) this.deliver();
  }

  private deliver(): void {
    this.waiting.shift()!.resolve({ done: false, value: this.blocks.shift()! });
  }
}
