import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The temporary files of one request: none of them outlives it. */
export class TemporaryFiles {
  private readonly opened = new Map<string, FileHandle>();

  /** Answers whether there is anything to remove. */
  get isEmpty(): boolean {
    return this.opened.size === 0;
  }

  /** Makes a file that nobody else can read, or could have put there before (0600, random name). */
  async create(): Promise<{ path: string; file: FileHandle }> {
    const at = path.join(tmpdir(), `sluice-upload-${randomUUID()}`);
    const file = await open(at, 'wx', 0o600);
    this.opened.set(at, file);
    return { path: at, file };
  }

  /** Removes what is left of them; what was moved elsewhere stays there. Never rejects. */
  async remove(): Promise<void> {
    for (const [at, file] of this.opened) {
      await file.close().catch(() => undefined);
      await rm(at, { force: true }).catch(() => undefined);
    }
    this.opened.clear();
  }
}
