import type { FileHandle } from 'node:fs/promises';
import type { TemporaryFiles } from './temporary-files';
import type { FileContent } from './uploaded-file';

/** Stores the bytes of one file: in memory, and in a temporary file once there are more than `above`. */
export class Spool {
  /** Bytes so far. */
  size = 0;

  private chunks: Uint8Array[] = [];
  private spooled: { readonly path: string; readonly file: FileHandle } | undefined;

  constructor(
    private readonly above: number,
    private readonly temporary: TemporaryFiles,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.size += chunk.byteLength;
    if (this.spooled === undefined && this.size <= this.above) {
      this.chunks.push(chunk);
      return;
    }
    this.spooled ??= await this.temporary.create();
    for (const one of [...this.chunks.splice(0), chunk]) await writeAll(this.spooled.file, one);
  }

  /** Closes the temporary file, if there is one, and returns the content. */
  async finish(): Promise<FileContent> {
    // A copy, because a small buffer is a view of Node's shared pool.
    if (this.spooled === undefined) return new Uint8Array(Buffer.concat(this.chunks.splice(0)));
    await this.spooled.file.close();
    return { path: this.spooled.path, size: this.size };
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) at += (await file.write(bytes, at)).bytesWritten;
}
