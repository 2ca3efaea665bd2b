import { ByteBlocks, BLOCK_BYTES } from './byte-blocks';
import { encodeChunk } from './encode-chunk';
import { LoopShare } from './loop-share';
import type { ChunkReader } from './stream-body';

/** A result of the source: a chunk (undefined at the end), or its error. */
type Arrival = { readonly bytes: Uint8Array | undefined } | { readonly error: unknown };

const DONE = { done: true, value: undefined } as const;
/** A block of so many bytes does not wait for more. */
const FULL_BYTES = 65_536;

/** Read when the process starts: the fake timers of a test would stop the stream. */
const afterTurn = setImmediate;

/**
 * Gathers short chunks, because to send or to encode one costs more than its bytes. A block ends when it has 64 KiB, when
 * the turn of the event loop ends and the source still has to make its next chunk, and before the end or the error of the
 * source. So nothing that a source has given waits for what it has not given. At most one chunk is read ahead.
 */
export class GatheredChunks implements ChunkReader {
  private readonly gathered = new ByteBlocks();
  private readonly share = new LoopShare();
  private isStopped = false;
  /** The pending or latest result of the source, until it is passed on. */
  private arrival: Promise<Arrival> | undefined;
  private endOfTurn: Promise<undefined> | undefined;

  constructor(private readonly source: ChunkReader) {}

  /**
   * The next block.
   *
   * @throws the error of the source, TypeError for a chunk that is neither bytes nor text
   */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const arrival = await this.waitForChunk();
      if (this.isStopped) return DONE;
      const bytes = arrival !== undefined && 'bytes' in arrival ? arrival.bytes : undefined;
      const { gathered } = this;
      if (bytes === undefined) {
        if (gathered.byteLength > 0) return { done: false, value: gathered.takeAll() };
        if (arrival !== undefined && 'error' in arrival) throw arrival.error;
        return DONE;
      }
      this.arrival = undefined;
      // A long chunk is not copied.
      if (gathered.byteLength === 0 && bytes.byteLength >= BLOCK_BYTES) return { done: false, value: bytes };
      gathered.push(bytes);
      if (gathered.byteLength >= FULL_BYTES) return { done: false, value: gathered.takeAll() };
      await this.share.take(bytes.byteLength);
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.isStopped = true;
    this.gathered.clear();
    return this.source.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Resolves with undefined if there is something to pass on and the turn ends first. */
  private waitForChunk(): Promise<Arrival | undefined> {
    this.arrival ??= this.ask();
    if (this.gathered.byteLength === 0) return this.arrival;
    this.endOfTurn ??= new Promise((resolve) =>
      afterTurn(() => {
        this.endOfTurn = undefined;
        resolve(undefined);
      }),
    );
    return Promise.race([this.arrival, this.endOfTurn]);
  }

  /** Never rejects, because an error that comes while nothing is asked for would end the process. */
  private async ask(): Promise<Arrival> {
    try {
      const next: IteratorResult<unknown, unknown> = await this.source.next();
      return { bytes: next.done === true ? undefined : encodeChunk(next.value) };
    } catch (error) {
      return { error };
    }
  }
}
