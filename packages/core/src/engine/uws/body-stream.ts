import type { HttpError } from '../../http/status/http-error';

/** The calls from a stream to the code that fills it. */
export interface BodyStreamSource {
  /** A chunk was read, so there may be room for more. */
  whenTaken(): void;
  /** The reader does not want the rest. */
  whenStopped(): void;
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: HttpError): void;
}

const DONE = { done: true, value: undefined } as const;

/** A body that is arriving. Chunks wait here, counted, until they are read. */
export class BodyStream implements AsyncIterableIterator<Uint8Array, undefined> {
  /** Bytes that have arrived and have not been read yet. */
  waitingBytes = 0;

  private chunks: Uint8Array[] = [];
  private isComplete = false;
  private failure: HttpError | undefined;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly source: BodyStreamSource) {}

  /** Adds a chunk. It must own its memory, because it is passed on without a copy. */
  push(chunk: Uint8Array): void {
    const reader = this.waiting.shift();
    if (reader !== undefined) return reader.resolve({ done: false, value: chunk });
    this.chunks.push(chunk);
    this.waitingBytes += chunk.byteLength;
  }

  /** Ends the stream: the whole body has arrived. */
  complete(): void {
    this.isComplete = true;
    for (const reader of this.waiting.splice(0)) reader.resolve(DONE);
  }

  /** Fails the stream: the rest will never arrive, and waiting chunks are dropped. */
  fail(error: HttpError): void {
    if (this.isComplete || this.failure !== undefined) return;
    this.failure = error;
    this.empty();
    for (const reader of this.waiting.splice(0)) reader.reject(error);
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.failure !== undefined) throw this.failure;
    const chunk = this.chunks.shift();
    if (chunk !== undefined) {
      this.waitingBytes -= chunk.byteLength;
      this.source.whenTaken();
      return { done: false, value: chunk };
    }
    if (this.isComplete) return DONE;
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Stops reading: further chunks are dropped. */
  async return(): Promise<IteratorReturnResult<undefined>> {
    this.empty();
    this.complete();
    this.source.whenStopped();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private empty(): void {
    this.chunks = [];
    this.waitingBytes = 0;
  }
}
