import { checkStreamLength } from '../../http/body/body-length';
import { encodeChunk } from '../../http/body/encode-chunk';
import { LoopShare } from '../../http/body/loop-share';
import type { OpenedStream } from '../../http/body/opened-stream';
import type { MemoryClient } from './memory-client';

/** The request that a body belongs to. */
export interface BodyOwner {
  /** The bodies that have not ended. */
  readonly open: Set<MemoryBody>;
  /** The body has broken off by an error of its source. */
  fail(error: unknown): void;
  /** The body has ended, in whatever way. Called once. Must not reject. */
  finish(): Promise<void>;
}

/** Milliseconds that a reader who leaves waits for the clean-ups, which may wait for a source that never ends. */
const PATIENCE_MS = 1_000;
/** Read when the process starts: the fake timers of a test would stop the reader. */
const after = setTimeout;

/** A streamed body as its client reads it. When the client goes away, the source is stopped. */
export class MemoryBody implements AsyncIterableIterator<Uint8Array> {
  private readonly share = new LoopShare();
  private received = 0;
  private hasLeft = false;
  private ending: Promise<void> | undefined;
  private pulls = 0;
  private failPull: ((reason: unknown) => void) | undefined;

  /** @param length the announced length in bytes, if it is known */
  constructor(
    private readonly stream: OpenedStream,
    private readonly length: number | undefined,
    private readonly client: MemoryClient,
    private readonly owner: BodyOwner,
  ) {
    const { signal } = client;
    owner.open.add(this);
    const onAbort = (): void => {
      // The next chunk may never come.
      this.failPull?.(signal.reason);
      void this.end();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  }

  get isBeingRead(): boolean {
    return this.pulls > 0;
  }

  /** Reads the next chunk. Rejects if the client has gone away, and where the engine on sockets would cut the connection. */
  next(): Promise<IteratorResult<Uint8Array>> {
    this.pulls++;
    return new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
      this.failPull = reject;
      this.pull().then(resolve, (error: Error) => {
        // After the end the client has left, and waits for nothing.
        if (this.ending !== undefined) return reject(error);
        this.owner.fail(error);
        void this.end().then(() => reject(error));
      });
    }).finally(() => this.pulls--);
  }

  /** The client goes away. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.hasLeft = true;
    if (this.ending === undefined) this.client.leave();
    await Promise.race([this.ending, new Promise((resolve) => after(resolve, PATIENCE_MS).unref())]);
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async pull(): Promise<IteratorResult<Uint8Array>> {
    if (!this.hasLeft) this.client.signal.throwIfAborted();
    if (this.ending !== undefined) return { done: true, value: undefined };
    const next = await this.stream.next();
    const chunk = next.done ? undefined : encodeChunk(next.value);
    this.received += chunk?.byteLength ?? 0;
    checkStreamLength(this.received, chunk === undefined, this.length);
    if (chunk !== undefined) {
      await this.share.take(chunk.byteLength);
      return { done: false, value: chunk };
    }
    await this.end();
    return { done: true, value: undefined };
  }

  private end(): Promise<void> {
    this.owner.open.delete(this);
    return (this.ending ??= this.owner.finish());
  }
}
