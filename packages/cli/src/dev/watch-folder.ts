import { existsSync, readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

/** Folders whose files are made from others. */
const IGNORED = /^(?:node_modules|dist|build|coverage|\..*)$/;
const RELEVANT = /(?:\.(?:[mc]?[jt]s|json)|^\.env.*)$/;
/** An editor writes a file in several steps. */
const CALM_MS = 30;

/** Watches the sources below a folder, those of folders that come later included. Reports what has changed, each time once. */
export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param isDeep whether the folders below are watched as well */
  constructor(
    folder: string,
    private readonly report: (files: readonly string[]) => void,
    private readonly isDeep = true,
  ) {
    this.add(folder);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private add(folder: string): void {
    if (this.watchers.has(folder)) return;
    const watcher = watch(folder, (_, name) => this.look(folder, name));
    watcher.on('error', () => this.drop(folder));
    this.watchers.set(folder, watcher);
    if (!this.isDeep) return;
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && !IGNORED.test(entry.name)) this.add(path.join(folder, entry.name));
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }

  private look(folder: string, name: string | null): void {
    if (name === null) return;
    const file = path.join(folder, name);
    if (RELEVANT.test(name)) return this.collect(file);
    const isFolder = existsSync(file) && statSync(file).isDirectory();
    if (!isFolder) return this.drop(file);
    if (!this.isDeep || IGNORED.test(name)) return;
    this.add(file);
    // Files may have been written before the folder was watched.
    for (const one of readdirSync(file)) if (RELEVANT.test(one)) this.collect(path.join(file, one));
  }

  private collect(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.changed];
      this.changed.clear();
      this.report(files);
    }, CALM_MS);
  }
}
