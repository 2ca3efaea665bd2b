import { findListName, type Brackets } from './brackets';
import { findPlainValue, isEncoded } from './find-plain-value';
import { parsePairs } from './parse-pairs';

/** The names and values of a query or URL-encoded form, decoded, in order, with repeated names. */
export class QueryValues implements Iterable<[name: string, value: string]> {
  private knownPairs: [string, string][] | undefined;

  /**
   * @param raw the query without the `?`, still encoded
   * @throws HttpError 400 `percent_encoding` when percent-encoding is malformed
   */
  constructor(private readonly raw: string) {
    // Malformed encoding must throw here. Without encoding, parsing can wait: one value is found without it.
    if (isEncoded(raw)) this.knownPairs = parsePairs(raw);
  }

  /** Makes an instance from names and values that are already decoded. */
  static of(pairs: Iterable<readonly [name: string, value: string]>): QueryValues {
    const values = new QueryValues('');
    values.knownPairs = Array.from(pairs, ([name, value]) => [name, value]);
    return values;
  }

  /** The first value of a name; undefined when it is absent. */
  get(name: string): string | undefined {
    if (this.knownPairs === undefined) return findPlainValue(this.raw, name);
    return this.knownPairs.find((pair) => pair[0] === name)?.[1];
  }

  /** Every value of a name, or of several names, in order. */
  getAll(...names: readonly string[]): string[] {
    return this.pairs.filter((pair) => names.includes(pair[0])).map((pair) => pair[1]);
  }

  /** Answers whether a name is present. */
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /**
   * An object without prototype, in which a repeated name has an array of its values.
   *
   * @param lists the names that are lists where they are sent with brackets; default none
   */
  toObject(lists: Brackets = []): Record<string, string | string[]> {
    const object = Object.create(null) as Record<string, string | string[]>;
    for (const [sent, value] of this.pairs) {
      const list = findListName(sent, lists);
      const name = list ?? sent;
      const present = object[name];
      if (present === undefined) object[name] = list === undefined ? value : [value];
      else if (Array.isArray(present)) present.push(value);
      else object[name] = [present, value];
    }
    return object;
  }

  [Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    return this.pairs[Symbol.iterator]();
  }

  private get pairs(): [string, string][] {
    return (this.knownPairs ??= parsePairs(this.raw));
  }
}
