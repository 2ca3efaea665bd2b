import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './byte-range';

const CHUNK_BYTES = 65_536;
const DONE = { done: true, value: undefined } as const;

/** Reads a part of an open file in chunks. Closes the file at the end, on an error and on `return`. */
export class FileChunks implements AsyncIterableIterator<Uint8Array> {
  private at: number;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly handle: FileHandle,
    private readonly range: ByteRange,
  ) {
    this.at = range.start;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const rest = this.range.end - this.at + 1;
    if (rest <= 0 || this.closing !== undefined) return this.return();
    try {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, rest));
      const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, this.at);
      // The file was truncated after it was opened. The engine sees that bytes are missing, and aborts the response.
      if (bytesRead === 0) return await this.return();
      this.at += bytesRead;
      return { done: false, value: buffer.subarray(0, bytesRead) };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    await (this.closing ??= this.handle.close());
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
