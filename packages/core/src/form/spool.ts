import type { FileHandle } from 'node:fs/promises';
import { ByteBlocks } from '../http/body/byte-blocks';
import type { TemporaryFiles } from './temporary-files';
import type { FileContent } from './uploaded-file';

/** Stores the bytes of one file: in memory, and in a temporary file, block by block, once there are more than `above`. */
export class Spool {
  /** Bytes so far. */
  size = 0;

  private readonly blocks = new ByteBlocks();
  private spooled: { readonly path: string; readonly file: FileHandle } | undefined;

  constructor(
    private readonly above: number,
    private readonly temporary: TemporaryFiles,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.size += chunk.byteLength;
    this.blocks.push(chunk);
    if (this.size <= this.above) return;
    this.spooled ??= await this.temporary.create();
    while (this.blocks.hasWhole) await writeAll(this.spooled.file, this.blocks.shift()!);
  }

  /** Closes the temporary file, if there is one, and returns the content. */
  async finish(): Promise<FileContent> {
    const rest = this.blocks.takeAll();
    if (this.spooled === undefined) return rest;
    await writeAll(this.spooled.file, rest);
    await this.spooled.file.close();
    return { path: this.spooled.path, size: this.size };
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) at += (await file.write(bytes, at)).bytesWritten;
}
