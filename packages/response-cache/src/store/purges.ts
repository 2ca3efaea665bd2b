/** The most names that are remembered. */
const MOST_NAMES = 10_000;

/**
 * The purges so far, each with a number that grows. An entry is gone if one of its names was purged after the work on it
 * had begun, so a reply that was being made during a purge is never kept. The names are those of paths and tags.
 */
export class Purges {
  private readonly purgedAt = new Map<string, number>();
  private latest = 0;
  private floor = 0;

  /** The number of the latest purge. */
  get version(): number {
    return this.latest;
  }

  /** Records that names were purged. Others may have been purged before that, so `advance` comes when they are known. */
  add(names: readonly string[], version: number): void {
    for (const name of names) this.purgedAt.set(name, version);
    if (this.purgedAt.size > MOST_NAMES) this.forgetBefore(version);
  }

  /** All purges up to this one are known. */
  advance(version: number): void {
    this.latest = Math.max(this.latest, version);
  }

  /** Everything that is older than this purge counts as purged. */
  forgetBefore(version: number): void {
    if (version <= this.floor) return;
    this.floor = version;
    for (const [name, purged] of this.purgedAt) if (purged <= version) this.purgedAt.delete(name);
  }

  /** Whether one of the names was purged after `since`, the version when the work on the entry began. */
  isPurged(names: readonly string[], since: number): boolean {
    if (since < this.floor) return true;
    return names.some((name) => (this.purgedAt.get(name) ?? 0) > since);
  }
}
