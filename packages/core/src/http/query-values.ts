import { decodeFormPart } from './percent-encoding';

/** Names and values of a query or an url-encoded form, decoded, in order, repeated names kept. */
export class QueryValues implements Iterable<[name: string, value: string]> {
  private readonly pairs: [string, string][] = [];

  /**
   * @param raw what stands after the `?`, still encoded
   * @throws HttpError 400 on malformed percent-encoding
   */
  constructor(raw: string) {
    if (raw === '') return;
    for (const part of raw.split('&')) {
      if (part === '') continue;
      const equals = part.indexOf('=');
      const name = equals === -1 ? part : part.slice(0, equals);
      this.pairs.push([decodeFormPart(name), equals === -1 ? '' : decodeFormPart(part.slice(equals + 1))]);
    }
  }

  /** Of names and values that are decoded already. */
  static of(pairs: Iterable<readonly [name: string, value: string]>): QueryValues {
    const values = new QueryValues('');
    for (const [name, value] of pairs) values.pairs.push([name, value]);
    return values;
  }

  /** The first value of the name. */
  get(name: string): string | undefined {
    return this.pairs.find((pair) => pair[0] === name)?.[1];
  }

  /** Every value of the name, in order. */
  getAll(name: string): string[] {
    return this.pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name: string): boolean {
    return this.pairs.some((pair) => pair[0] === name);
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
}
