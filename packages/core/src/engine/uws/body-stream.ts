import type { HttpError } from '../../http/status/http-error';

/** What a stream of a body tells whoever fills it. */
export interface BodyStreamSource {
  /** A chunk was taken: there may be room for more. */
  whenTaken(): void;
  /** Nobody wants the rest. */
  whenStopped(): void;
}

interface Waiting {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: HttpError): void;
}

const DONE = { done: true, value: undefined } as const;

/** A body as it comes in: chunks wait here, counted, until they are asked for. Filled by one side, read by the other. */
export class BodyStream implements AsyncIterableIterator<Uint8Array, undefined> {
  /** Bytes that have come and were not asked for yet. */
  waitingBytes = 0;

  private chunks: Uint8Array[] = [];
  private isComplete = false;
  private failure: HttpError | undefined;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly source: BodyStreamSource) {}

  /** Memory of its own: it is handed on as it is. */
  push(chunk: Uint8Array): void {
    const reader = this.waiting.shift();
    if (reader !== undefined) return reader.resolve({ done: false, value: chunk });
    this.chunks.push(chunk);
    this.waitingBytes += chunk.byteLength;
  }

  /** That was all of it. */
  complete(): void {
    this.isComplete = true;
    for (const reader of this.waiting.splice(0)) reader.resolve(DONE);
  }

  /** The rest will never come; nor is what was not asked for yet handed out any more. */
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

  /** Stops reading: what still comes is dropped. */
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
