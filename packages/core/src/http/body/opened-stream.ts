import { captureScope } from '../async-scope';
import { checkChunk } from './encode-chunk';
import { LoopShare } from './loop-share';
import { readChunks, type ChunkReader, type StreamSource } from './stream-body';

type Chunk = Uint8Array | string;

const DONE = { done: true, value: undefined } as const;

/**
 * The body of a response whose source has been asked for its first chunk, so that head and chunk leave together. The
 * source always runs in the async context of the code that opened the stream.
 */
export class OpenedStream implements ChunkReader {
  /** The source has given its last chunk, or was stopped and has ended. */
  isOver = false;
  /** The first chunk, or the end if there is none; undefined if it was read, or never asked for. */
  first: IteratorResult<Chunk> | undefined;

  private readonly reader: ChunkReader;
  private readonly scope = captureScope();
  private ending: Promise<IteratorReturnResult<undefined>> | undefined;
  private beginning: Promise<void> | undefined;
  private endPull: (() => void) | undefined;

  /** Throws TypeError if the source cannot be read, or if other code reads it. */
  constructor(source: StreamSource) {
    this.reader = readChunks(source);
  }

  /**
   * Waits for the first chunk that is not empty, or for the end.
   *
   * @throws the error of the source, TypeError for a chunk that is neither bytes nor text
   */
  begin(): Promise<void> {
    const beginning = this.pullFirst().finally(() => (this.beginning = undefined));
    return (this.beginning = beginning);
  }

  /** The stream was stopped. */
  get isStopped(): boolean {
    return this.ending !== undefined;
  }

  /** The first chunk, to read it without a promise. */
  takeFirst(): IteratorResult<Chunk> | undefined {
    const { first } = this;
    this.first = undefined;
    return first;
  }

  async next(): Promise<IteratorResult<Chunk>> {
    if (this.beginning !== undefined) await this.beginning;
    return this.takeFirst() ?? this.pull();
  }

  /** Stops the source, once, and ends the stream for its reader. Resolves when the source has ended. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.ending ??= this.isOver ? Promise.resolve(DONE) : this.stop();
    this.endPull?.();
    return this.ending;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async pullFirst(): Promise<void> {
    const share = new LoopShare();
    for (;;) {
      const next = await this.pull();
      if (!next.done) checkChunk(next.value);
      if (next.done || next.value.length > 0) {
        this.first = next;
        return;
      }
      await share.take(0);
    }
  }

  private pull(): Promise<IteratorResult<Chunk>> {
    if (this.isOver || this.isStopped) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.endPull = () => resolve(DONE);
      Promise.resolve(this.scope(() => this.reader.next())).then((next) => {
        // A source that was stopped may say at once that it is done, and end later.
        if (next.done && !this.isStopped) this.isOver = true;
        resolve(next);
      }, reject);
    });
  }

  private async stop(): Promise<IteratorReturnResult<undefined>> {
    await this.scope(() => this.reader.return());
    this.isOver = true;
    return DONE;
  }
}
