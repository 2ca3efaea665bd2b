import type { PrecompressedCoding } from './coding';
import type { Variant } from './variant';

/** A file below the root with its compressed forms, as found at one time. */
export class Resource {
  constructor(
    /** The canonical path below the root. */
    readonly path: string,
    /** The last one is the original. */
    private readonly variants: readonly Variant[],
    readonly isImmutable: boolean,
    /** Milliseconds of the monotonic clock. */
    public checkedAt: number,
  ) {}

  get original(): Variant {
    return this.variants.at(-1)!;
  }

  /** Chooses the first coding of the list that the file has. */
  choose(ranked: readonly (PrecompressedCoding | undefined)[]): Variant {
    for (const coding of ranked) {
      const variant = this.variants.find((one) => one.coding === coding);
      if (variant !== undefined) return variant;
    }
    return this.original;
  }

  /** Takes over the contents that the same files had before. */
  takeOver(before: Resource): void {
    for (const variant of this.variants) {
      const old = before.variants.find(({ coding }) => coding === variant.coding);
      if (old?.kept?.isSame(variant.found) && old.found.real === variant.found.real) variant.kept = old.kept;
    }
  }

  /** The bytes in memory. */
  get keptBytes(): number {
    return this.variants.reduce((sum, { kept }) => sum + (kept?.size ?? 0), 0);
  }
}
