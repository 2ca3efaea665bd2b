import { findPlainValue, isEncoded } from './find-plain-value';
import { parsePairs } from './parse-pairs';

/** Names and values of a query or an url-encoded form, decoded, in order, repeated names kept. */
export class QueryValues implements Iterable<[name: string, value: string]> {
  private knownPairs: [string, string][] | undefined;

  /**
   * @param raw what stands after the `?`, still encoded
   * @throws HttpError 400 on malformed percent-encoding
   */
  constructor(private readonly raw: string) {
    // Malformed encoding is told here. Without any there is time: one value is found without taking all apart.
    if (isEncoded(raw)) this.knownPairs = parsePairs(raw);
  }

  /** Of names and values that are decoded already. */
  static of(pairs: Iterable<readonly [name: string, value: string]>): QueryValues {
    const values = new QueryValues('');
    values.knownPairs = Array.from(pairs, ([name, value]) => [name, value]);
    return values;
  }

  /** The first value of the name. */
  get(name: string): string | undefined {
    if (this.knownPairs === undefined) return findPlainValue(this.raw, name);
    return this.knownPairs.find((pair) => pair[0] === name)?.[1];
  }

  /** Every value of the name, in order. */
  getAll(name: string): string[] {
    return this.pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** A plain object without prototype; a repeated name becomes an array. */
  toObject(): Record<string, string | string[]> {
    const object = Object.create(null) as Record<string, string | string[]>;
    for (const [name, value] of this.pairs) {
      const present = object[name];
      if (present === undefined) object[name] = value;
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
