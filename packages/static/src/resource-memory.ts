import type { Resource } from './resource';

/** For so long a file is sent from memory before the disk is asked whether it has changed. */
export const CHECK_MS = 1000;
/** A resource costs about so much beside its content. */
const RESOURCE_BYTES = 1024;

/** Resources in memory up to a number of bytes. The ones that were not asked for longest go first. */
export class ResourceMemory {
  private readonly resources = new Map<string, { readonly resource: Resource; bytes: number }>();
  private used = 0;

  constructor(private readonly limit: number) {}

  /** The bytes that are counted now. */
  get bytes(): number {
    return this.used;
  }

  /** Finds a resource that needs no check. */
  recall(path: string): Resource | undefined {
    const kept = this.resources.get(path);
    if (kept === undefined) return undefined;
    const { resource } = kept;
    const now = performance.now();
    if (now - resource.checkedAt < CHECK_MS) return resource;
    if (!resource.isImmutable) return undefined;
    resource.checkedAt = now;
    this.resources.delete(path);
    this.resources.set(path, kept);
    return resource;
  }

  /** Puts a resource in the place of an earlier one, whose contents it takes over where they are the same. */
  replace(resource: Resource): void {
    const before = this.resources.get(resource.path);
    if (before !== undefined) resource.takeOver(before.resource);
    this.forget(resource.path);
    this.resources.set(resource.path, { resource, bytes: 0 });
    this.count(resource);
  }

  forget(path: string): void {
    const kept = this.resources.get(path);
    if (kept === undefined) return;
    this.used -= kept.bytes;
    this.resources.delete(path);
  }

  /** Counts a resource again after a content was read, and makes room. */
  count(resource: Resource): void {
    const kept = this.resources.get(resource.path);
    if (kept?.resource !== resource) return;
    const bytes = RESOURCE_BYTES + resource.keptBytes;
    this.used += bytes - kept.bytes;
    kept.bytes = bytes;
    for (const path of this.resources.keys()) {
      if (this.used <= this.limit) return;
      this.forget(path);
    }
  }
}
