import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The temporary files of one request: they are removed at its end. */
export class TemporaryFiles {
  private readonly opened = new Map<string, FileHandle>();

  get isEmpty(): boolean {
    return this.opened.size === 0;
  }

  /** Creates a file with a random name that only the process's user can read (0600). Fails if it exists already. */
  async create(): Promise<{ path: string; file: FileHandle }> {
    const at = path.join(tmpdir(), `sluice-upload-${randomUUID()}`);
    const file = await open(at, 'wx', 0o600);
    this.opened.set(at, file);
    return { path: at, file };
  }

  /** Removes all files that were not moved elsewhere. Never rejects. */
  async remove(): Promise<void> {
    for (const [at, file] of this.opened) {
      await file.close().catch(() => undefined);
      await rm(at, { force: true }).catch(() => undefined);
    }
    this.opened.clear();
  }
}
