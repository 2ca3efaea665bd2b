import { checkHeaderName, checkHeaderValue } from './header-check';
import type { HeaderLine } from './header-line';
import { mergeVary } from './vary';

/** Representation headers: they describe the body, so they go when an error replaces it. */
const REPRESENTATION = new Set(['etag', 'last-modified', 'cache-control', 'accept-ranges', 'expires']);

/**
 * The headers of a response, in the order in which they were first set. Every name and value is
 * checked here, at the door; nothing is sent here.
 */
export class ResponseHeaders implements Iterable<[name: string, value: string]> {
  private readonly entries: string[] = [];

  /** Sets one value, replacing all that had the name. Throws TypeError on CR, LF, NUL and all non-ASCII. */
  set(name: string, value: string | number): this {
    return this.replace(name, checkHeaderName(name), checkHeaderValue(name, value));
  }

  /** Sets a line that was checked when it was made, replacing all that had its name. */
  setLine({ name, lowerName, value }: HeaderLine): this {
    return this.replace(name, lowerName, value);
  }

  /** Sets a line unless there is one of its name. */
  setDefault({ name, lowerName, value }: HeaderLine): this {
    if (!this.includes(lowerName)) this.entries.push(name, lowerName, value);
    return this;
  }

  /** Adds one line more, for headers that may repeat (Set-Cookie, Link). Throws like `set`. */
  append(name: string, value: string | number): this {
    this.entries.push(name, checkHeaderName(name), checkHeaderValue(name, value));
    return this;
  }

  /** The value, lines of the same name joined with `, ` (RFC 9110 §5.3). */
  get(name: string): string | undefined {
    const lower = checkHeaderName(name);
    const { entries } = this;
    let found: string | undefined;
    for (let index = 1; index < entries.length; index += 3) {
      if (entries[index] === lower)
        found = found === undefined ? entries[index + 1]! : `${found}, ${entries[index + 1]!}`;
    }
    return found;
  }

  /** Every line of the name, apart: what Set-Cookie needs. */
  getAll(name: string): string[] {
    const lower = checkHeaderName(name);
    return this.entries.filter((_, index) => index % 3 === 2 && this.entries[index - 1] === lower);
  }

  /** Throws TypeError when the name is no token, as all that take a name do. */
  has(name: string): boolean {
    return this.includes(checkHeaderName(name));
  }

  /** Takes every line of the name away. */
  delete(name: string): this {
    this.removeFrom(1, checkHeaderName(name));
    return this;
  }

  /** Merges fields into Vary, each once; `*` absorbs the rest (RFC 9110 §12.5.5). */
  vary(fields: string): this {
    const { entries } = this;
    for (let index = 1; index < entries.length; index += 3) {
      if (entries[index] !== 'vary') continue;
      entries[index + 1] = mergeVary(entries[index + 1], fields);
      return this;
    }
    entries.push('Vary', 'vary', mergeVary(undefined, fields));
    return this;
  }

  /** Drops what describes a body (Content-*, ETag, Last-Modified, Cache-Control …) and keeps all else. */
  dropRepresentation(): void {
    for (let index = 1; index < this.entries.length;) {
      const lower = this.entries[index]!;
      const describesBody =
        (lower.startsWith('content-') && lower !== 'content-security-policy') || REPRESENTATION.has(lower);
      if (describesBody && lower !== 'content-security-policy-report-only') this.entries.splice(index - 1, 3);
      else index += 3;
    }
  }

  /** Flat triples, in order: name as written, name in lower case, value. The engine's way out: no pair is made. */
  get lines(): readonly string[] {
    return this.entries;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    for (let index = 0; index < this.entries.length; index += 3)
      yield [this.entries[index]!, this.entries[index + 2]!];
  }

  private includes(lower: string): boolean {
    const { entries } = this;
    for (let index = 1; index < entries.length; index += 3) if (entries[index] === lower) return true;
    return false;
  }

  private replace(name: string, lower: string, text: string): this {
    const { entries } = this;
    for (let index = 1; index < entries.length; index += 3) {
      if (entries[index] !== lower) continue;
      entries[index + 1] = text;
      this.removeFrom(index + 3, lower);
      return this;
    }
    entries.push(name, lower, text);
    return this;
  }

  private removeFrom(start: number, lower: string): void {
    for (let index = start; index < this.entries.length;) {
      if (this.entries[index] === lower) this.entries.splice(index - 1, 3);
      else index += 3;
    }
  }
}
