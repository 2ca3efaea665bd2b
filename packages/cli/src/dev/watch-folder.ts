import { existsSync, readdirSync, statSync, watch, type FSWatcher, type WatchEventType } from 'node:fs';
import path from 'node:path';

const IGNORED = /^(?:node_modules|\..*)$/;
/** Folders beside a package.json whose files are made from others. Deeper ones may be sources. */
const MADE = /^(?:dist|build|coverage)$/;
/** Hidden files are settings of other tools, and locks of Emacs: `.#notes.ts`. */
const RELEVANT = /^(?:[^.].*\.(?:[mc]?[jt]s|json)|\.env.*)$/;
/** An editor writes a file in several steps. */
const SETTLE_MS = 30;

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
    if (isDeep) this.watchOver(folder);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  /** Git removes a folder, and makes it again, when a branch is changed. */
  private watchOver(folder: string): void {
    const parent = path.dirname(folder);
    try {
      const watcher = watch(parent, (type, name) => {
        if (type === 'rename' && name === path.basename(folder)) this.renew(folder);
      });
      watcher.on('error', () => watcher.close());
      this.watchers.set(parent, watcher);
    } catch {
      // The folder around it cannot be read.
    }
  }

  /** @param isNew whether its files are reported: they may have been written before it was watched */
  private add(folder: string, isNew = false): void {
    try {
      const watcher = watch(folder, (type, name) => this.look(folder, type, name));
      watcher.on('error', () => this.drop(folder));
      this.watchers.set(folder, watcher);
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) {
          if (this.isDeep && !isIgnored(folder, entry.name)) this.add(place, isNew);
        } else if (isNew && RELEVANT.test(entry.name)) this.collect(place);
      }
    } catch (error) {
      if (existsSync(folder)) throw error;
      // It is gone again.
      this.drop(folder);
    }
  }

  /** Ends the watch of a folder and of those below it. */
  private drop(folder: string): void {
    for (const [place, watcher] of this.watchers) {
      if (place !== folder && !place.startsWith(folder + path.sep)) continue;
      watcher.close();
      this.watchers.delete(place);
    }
  }

  private look(folder: string, type: WatchEventType, name: string | null): void {
    if (name === null) return;
    const file = path.join(folder, name);
    if (RELEVANT.test(name)) return this.collect(file);
    if (type !== 'rename' || !this.isDeep || isIgnored(folder, name)) return;
    this.renew(file);
  }

  /** A folder that is there may be another one than the one that was. */
  private renew(folder: string): void {
    this.drop(folder);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) this.add(folder, true);
  }

  private collect(file: string): void {
    this.changed.add(file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.changed];
      this.changed.clear();
      this.report(files);
    }, SETTLE_MS);
  }
}

/** Whether a folder has no sources. */
function isIgnored(parent: string, name: string): boolean {
  return IGNORED.test(name) || (MADE.test(name) && existsSync(path.join(parent, 'package.json')));
}
