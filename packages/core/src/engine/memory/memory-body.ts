import type { ChunkReader } from '../../http/body/stream-body';
import { encodeChunk } from '../encode-chunk';
import { LoopShare } from '../loop-share';
import type { MemoryClient } from './memory-client';

/** A streamed body as its client reads it. When the client goes away, the source is stopped. */
export class MemoryBody implements AsyncIterableIterator<Uint8Array> {
  private readonly share = new LoopShare();
  private received = 0;
  private hasLeft = false;
  private ending: Promise<void> | undefined;
  private fail: ((reason: unknown) => void) | undefined;

  /**
   * @param length the announced length in bytes, if it is known
   * @param onEnd is called once, however the body ends; must not reject
   */
  constructor(
    private readonly reader: ChunkReader,
    private readonly length: number | undefined,
    private readonly client: MemoryClient,
    private readonly onEnd: () => Promise<void>,
  ) {
    const { signal } = client;
    const onAbort = (): void => {
      // The next chunk may never come.
      this.fail?.(signal.reason);
      void this.end();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  }

  /** Reads the next chunk. Rejects if the client has gone away, and where the engine on sockets would cut the connection. */
  next(): Promise<IteratorResult<Uint8Array>> {
    return new Promise((resolve, reject) => {
      this.fail = reject;
      this.pull().then(resolve, (error: Error) => this.end().then(() => reject(error)));
    });
  }

  /** The client goes away. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.hasLeft = true;
    if (this.ending === undefined) this.client.leave();
    await this.ending;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async pull(): Promise<IteratorResult<Uint8Array>> {
    if (!this.hasLeft) this.client.signal.throwIfAborted();
    if (this.ending !== undefined) return { done: true, value: undefined };
    const next = await this.reader.next();
    const chunk = next.done ? undefined : encodeChunk(next.value);
    this.received += chunk?.byteLength ?? 0;
    if (this.length !== undefined && (chunk ? this.received > this.length : this.received < this.length))
      throw new RangeError(
        `The stream has ${chunk ? 'at least ' : ''}${this.received} bytes, but its Content-Length is ${this.length}.`,
      );
    if (chunk !== undefined) {
      await this.share.take(chunk.byteLength);
      return { done: false, value: chunk };
    }
    await this.end();
    return { done: true, value: undefined };
  }

  private end(): Promise<void> {
    if (this.ending === undefined) {
      void this.reader.return();
      this.ending = this.onEnd();
    }
    return this.ending;
  }
}
