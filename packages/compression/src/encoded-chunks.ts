import type { Transform } from 'node:stream';
import { type StreamSource } from '@sluice/core';
import { GatheredChunks, readChunks } from '@sluice/core/kit';
import type { ContentCoding } from './content-coding';

const DONE: IteratorResult<Uint8Array> = { done: true, value: undefined };

/**
 * A streamed body, encoded. The chunks of one turn of the event loop are encoded and flushed as one block, up to
 * 64 KiB: many short chunks compress well, and none waits for a source that pauses. It is not a generator, because the
 * `return()` of a generator waits while the source is idle. The first `next()` opens the encoder, so a body that is never
 * read does not hold one.
 */
export class EncodedChunks implements AsyncIterableIterator<Uint8Array> {
  private readonly blocks: GatheredChunks;
  private encoder: Transform | undefined;
  private isFinished = false;

  /** @param open the encoders in use, which include this body's while it is read */
  constructor(
    source: StreamSource,
    private readonly coding: ContentCoding,
    private readonly open: Set<Transform>,
  ) {
    this.blocks = new GatheredChunks(readChunks(source));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next encoded bytes. Rejects with the error of the source or the encoder. */
  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.isFinished) return DONE;
    try {
      const encoder = (this.encoder ??= this.openEncoder());
      for (;;) {
        const block = await this.blocks.next();
        if (this.isFinished) return DONE;
        const bytes = block.done ? await readEnd(encoder) : await encodeBlock(encoder, block.value);
        if (this.isFinished) return DONE;
        if (block.done) this.finish();
        if (bytes.length > 0) return { done: false, value: bytes };
      }
    } catch (error) {
      if (this.isFinished) return DONE;
      await this.return().catch(() => undefined);
      throw error;
    }
  }

  /** Frees the encoder and stops the source, at any time. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.isFinished) {
      this.finish();
      await this.blocks.return();
    }
    return DONE;
  }

  private openEncoder(): Transform {
    const encoder = this.coding.openEncoder();
    // The pending write reports the error; without a listener the event would end the process.
    encoder.on('error', () => undefined);
    this.open.add(encoder);
    return encoder;
  }

  private finish(): void {
    this.isFinished = true;
    if (this.encoder === undefined) return;
    this.open.delete(this.encoder);
    this.encoder.destroy();
  }
}

/** Encodes one block and flushes the encoder. */
function encodeBlock(encoder: Transform, block: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    encoder.write(block, (error) => {
      if (error) reject(error);
      else resolve((encoder.read() as Buffer | null) ?? Buffer.alloc(0));
    });
  });
}

/** Ends the encoder and reads the rest: the last block and the trailer. */
function readEnd(encoder: Transform): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    encoder.on('data', (part: Buffer) => parts.push(part));
    encoder.once('error', reject);
    encoder.once('close', () => resolve(Buffer.concat(parts)));
    encoder.end();
  });
}
