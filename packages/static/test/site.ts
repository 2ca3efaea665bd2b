import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Dates so old that a tag is strong. */
const OLD = new Date('2026-01-02T03:04:05Z');

/** A folder of files for one test. Disposing of it removes it. */
export class Site implements Disposable {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'sluice-static-'));
  readonly root = path.join(this.folder, 'public');

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    mkdirSync(this.root);
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  /** Writes a file with an old date. */
  write(name: string, content: string | Uint8Array, date = OLD): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, date, date);
  }

  link(target: string, name: string): void {
    symlinkSync(target, path.join(this.root, name));
  }

  remove(name: string): void {
    rmSync(path.join(this.root, name), { recursive: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
