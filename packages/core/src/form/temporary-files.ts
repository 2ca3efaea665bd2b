import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The temporary files of one request: they are removed at its end, or earlier when the application closes. */
export class TemporaryFiles {
  private readonly files = new Map<string, Promise<FileHandle>>();
  private isRemoved = false;

  /** @param onFirst is called before the first file is created */
  constructor(private readonly onFirst: () => void) {}

  /**
   * Creates a file with a random name that only the process's user can read (0600). Fails if it exists already.
   *
   * @throws Error if the files were removed, because nothing would remove this one
   */
  async create(): Promise<{ path: string; file: FileHandle }> {
    if (this.isRemoved) throw new Error('The request is over: its temporary files were removed.');
    if (this.files.size === 0) this.onFirst();
    const at = path.join(tmpdir(), `sluice-upload-${randomUUID()}`);
    const opening = open(at, 'wx', 0o600);
    this.files.set(at, opening);
    return { path: at, file: await opening };
  }

  /** Removes all files that were not moved elsewhere, those that are being created too. Never rejects. */
  async remove(): Promise<void> {
    this.isRemoved = true;
    for (const [at, opening] of this.files) {
      await opening.then((file) => file.close()).catch(() => undefined);
      await rm(at, { force: true }).catch(() => undefined);
    }
    this.files.clear();
  }
}
