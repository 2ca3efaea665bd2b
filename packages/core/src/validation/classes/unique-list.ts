/** Up to this length the validator's own way is as fast. */
const SHORT = 32;

/**
 * Makes a list for `@ArrayUnique()`, which asks for the index of every item, in place of a long one: it finds each in a
 * Map, so that the time grows with the length of the list, and not with the square of it.
 */
export function indexLongList(value: unknown): unknown {
  return Array.isArray(value) && value.length > SHORT ? copyList(value) : value;
}

/** A list that is not changed once an index was asked for. The lists that its methods make are of this kind, too. */
class IndexedList extends Array<unknown> {
  #firsts: Map<unknown, number> | undefined;

  /** As an array does it: NaN has no index, and -0 has that of 0. */
  override indexOf(item: unknown, from?: number): number {
    if (from !== undefined || Number.isNaN(item)) return super.indexOf(item, from);
    return (this.#firsts ??= this.findFirsts()).get(item) ?? -1;
  }

  private findFirsts(): Map<unknown, number> {
    const firsts = new Map<unknown, number>();
    this.forEach((item, index) => {
      if (!firsts.has(item)) firsts.set(item, index);
    });
    return firsts;
  }
}

/** Keeps empty places empty. */
function copyList(list: readonly unknown[]): IndexedList {
  const copy = new IndexedList(list.length);
  list.forEach((item, index) => (copy[index] = item));
  return copy;
}
