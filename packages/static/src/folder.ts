import type { PrecompressedCoding } from './coding';
import { EXTENSIONS } from './coding';
import { findFile, type FoundFile } from './find-file';
import { Resource } from './resource';
import { ResourceMemory } from './resource-memory';
import type { StaticSettings } from './static-options';
import { Variant } from './variant';

/** Files below the root, looked up on the disk, and remembered where that is allowed. */
export class Folder {
  readonly memory: ResourceMemory;
  private readonly looking = new Map<string, Promise<Resource | 'folder' | undefined>>();

  constructor(private readonly settings: StaticSettings) {
    this.memory = new ResourceMemory(settings.memory);
  }

  /** Looks up a path for production, once for all requests that wait for it, and remembers what it finds. */
  find(path: string, segments: readonly string[]): Promise<Resource | 'folder' | undefined> {
    const pending = this.looking.get(path);
    if (pending !== undefined) return pending;
    const looking = this.findAgain(path, segments).finally(() => this.looking.delete(path));
    this.looking.set(path, looking);
    return looking;
  }

  private async findAgain(
    path: string,
    segments: readonly string[],
  ): Promise<Resource | 'folder' | undefined> {
    const found = await this.look(path, segments, this.chooseCacheControl(path));
    if (found instanceof Resource) this.memory.replace(found);
    else this.memory.forget(path);
    return found;
  }

  /** Looks up a path and remembers nothing. */
  async look(
    path: string,
    segments: readonly string[],
    cacheControl: string,
  ): Promise<Resource | 'folder' | undefined> {
    const checkedAt = performance.now();
    const { root, precompressed } = this.settings;
    const original = await findFile(root, segments);
    if (original?.kind !== 'file') return original?.kind;
    const name = segments.at(-1)!;
    const make = (found: FoundFile, coding?: PrecompressedCoding): Variant =>
      new Variant(name, coding, found, cacheControl);
    const compressed = await Promise.all(
      precompressed.map(async (coding) => {
        const found = await findFile(root, [...segments.slice(0, -1), name + EXTENSIONS[coding]]);
        return found?.kind === 'file' ? make(found, coding) : undefined;
      }),
    );
    const variants = [...compressed.filter((one) => one !== undefined), make(original)];
    return new Resource(path, variants, this.isImmutable(path), checkedAt);
  }

  private isImmutable(path: string): boolean {
    return this.settings.immutable?.test(path.slice(1)) === true;
  }

  private chooseCacheControl(path: string): string {
    const { maxAge, fallback } = this.settings;
    if (this.isImmutable(path)) return 'max-age=31536000, immutable';
    // A page that is the answer to many paths must not outlive the assets that it names.
    return maxAge === undefined || path === `/${fallback}` ? 'no-cache' : `max-age=${maxAge}`;
  }
}
