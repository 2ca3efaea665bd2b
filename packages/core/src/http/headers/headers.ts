import { describesBody } from './describes-body';
import type { HeaderBlock } from './header-block';
import { hasName, joinValues, removeLines, type HeaderEntries } from './header-entries';
import { checkHeaderName, checkHeaderValue } from './header-check';
import type { HeaderLine } from './header-line';
import { mergeVary } from './vary';

/** The value of a header. A list has the values of several lines with the same name, which not every header may have. */
export type HeaderValue = string | number | readonly string[];

/**
 * The headers of a response, in the order in which they were first set, but for those of a block, which come first. Every
 * method checks the names and values that it takes; nothing is sent here.
 */
export class ResponseHeaders implements Iterable<[name: string, value: string]> {
  private readonly entries: HeaderEntries = [];
  /** Lines that are not in the entries yet, because nothing has asked for one of them. */
  private wholeBlock: HeaderBlock | undefined;
  /** Lower-case names of the lines that `setDefault` set and nothing has replaced. */
  private defaults: string[] | undefined;

  /**
   * Sets a header, replacing all lines of the name. A list sets a line for each value; an empty one removes the header.
   * Throws TypeError on CR, LF, NUL and non-ASCII characters.
   */
  set(name: string, value: HeaderValue): this {
    const lower = checkHeaderName(name);
    if (isList(value)) return this.setLines(name, lower, value);
    return this.replace(name, lower, checkHeaderValue(name, value));
  }

  /** Sets a line that was checked when it was made, replacing all lines of its name. */
  setLine({ name, lowerName, value }: HeaderLine): this {
    return this.replace(name, lowerName, value);
  }

  /** Sets all lines of a block, replacing all lines of their names. */
  setBlock(block: HeaderBlock): this {
    this.openBlock();
    removeLines(this.entries, (lower) => block.has(lower), 1);
    if (this.defaults !== undefined) for (const { lowerName } of block.lines) this.decide(lowerName);
    this.wholeBlock = block;
    return this;
  }

  /** Sets a line unless its name is present. */
  setDefault(line: HeaderLine): this {
    if (this.addMissing(line)) (this.defaults ??= []).push(line.lowerName);
    return this;
  }

  /** Whether a header has the line of `setDefault`, and nothing has decided otherwise. */
  isDefault(name: string): boolean {
    const lower = checkHeaderName(name);
    return this.defaults?.includes(lower) === true && this.includes(lower);
  }

  /** Adds a line unless its name is present, for a header about which nothing asks `isDefault`. Returns whether it did. */
  addMissing({ name, lowerName, value }: HeaderLine): boolean {
    const isMissing = !this.includes(lowerName);
    if (isMissing) this.entries.push(name, lowerName, value);
    return isMissing;
  }

  /** Adds a line beside others of its name, for headers that may repeat (Set-Cookie, Link). Throws like `set`. */
  append(name: string, value: string | number): this {
    const lower = checkHeaderName(name);
    this.entries.push(name, lower, checkHeaderValue(name, value));
    if (this.defaults !== undefined) this.decide(lower);
    return this;
  }

  /** The value of a header, its lines joined with `, ` (RFC 9110 §5.3); undefined when there is none. */
  get(name: string): string | undefined {
    return joinValues(this.entries, this.find(name));
  }

  /** Every line of a name by itself, as Set-Cookie needs. */
  getAll(name: string): string[] {
    const lower = this.find(name);
    return this.entries.filter((_, index) => index % 3 === 2 && this.entries[index - 1] === lower);
  }

  /** Answers whether a header is set. Throws TypeError when the name is not a token, like every method with a name. */
  has(name: string): boolean {
    return this.includes(checkHeaderName(name));
  }

  /** Removes every line of a name. */
  delete(name: string): this {
    this.removeFrom(1, this.find(name));
    return this;
  }

  /** Adds fields to Vary, each once; `*` replaces all of them (RFC 9110 §12.5.5). */
  vary(fields: string): this {
    if (this.wholeBlock?.has('vary')) this.openBlock();
    const { entries } = this;
    for (let index = 1; index < entries.length; index += 3) {
      if (entries[index] !== 'vary') continue;
      entries[index + 1] = mergeVary(entries[index + 1], fields);
      return this;
    }
    entries.push('Vary', 'vary', mergeVary(undefined, fields));
    return this;
  }

  /** Removes the headers that describe a body (Content-*, ETag, Last-Modified, Cache-Control …), keeps the others. */
  dropRepresentation(): void {
    if (this.wholeBlock?.describesBody) this.openBlock();
    removeLines(this.entries, describesBody, 1);
  }

  /** For each line its name as written, the name in lower case, and the value. The engine reads them without making pairs. */
  get lines(): readonly string[] {
    this.openBlock();
    return this.entries;
  }

  /** The block, if its lines can be written as one text. Its lines are not in `linesBehindBlock`. */
  get block(): HeaderBlock | undefined {
    return this.wholeBlock;
  }

  /** As `lines`, without those of `block`. */
  get linesBehindBlock(): readonly string[] {
    return this.entries;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    this.openBlock();
    for (let index = 0; index < this.entries.length; index += 3)
      yield [this.entries[index]!, this.entries[index + 2]!];
  }

  private includes(lower: string): boolean {
    return this.wholeBlock?.has(lower) === true || hasName(this.entries, lower);
  }

  private setLines(name: string, lower: string, values: readonly string[]): this {
    const [first, ...others] = values.map((value) => checkHeaderValue(name, value));
    if (first === undefined) return this.delete(name);
    this.replace(name, lower, first);
    for (const other of others) this.entries.push(name, lower, other);
    return this;
  }

  /** Checks a name whose lines are about to be read or changed, and puts those of the block into the entries. */
  private find(name: string): string {
    const lower = checkHeaderName(name);
    if (this.wholeBlock?.has(lower)) this.openBlock();
    return lower;
  }

  private openBlock(): void {
    const { wholeBlock } = this;
    if (wholeBlock === undefined) return;
    this.wholeBlock = undefined;
    this.entries.unshift(
      ...wholeBlock.lines.flatMap(({ name, lowerName, value }) => [name, lowerName, value]),
    );
  }

  private replace(name: string, lower: string, text: string): this {
    if (this.wholeBlock?.has(lower)) this.openBlock();
    const { entries } = this;
    if (this.defaults !== undefined) this.decide(lower);
    for (let index = 1; index < entries.length; index += 3) {
      if (entries[index] !== lower) continue;
      entries[index + 1] = text;
      this.removeFrom(index + 3, lower);
      return this;
    }
    entries.push(name, lower, text);
    return this;
  }

  private decide(lower: string): void {
    this.defaults = this.defaults?.filter((name) => name !== lower);
  }

  private removeFrom(start: number, lower: string): void {
    removeLines(this.entries, (name) => name === lower, start);
  }
}

/** `Array.isArray` does not recognise a readonly list for the compiler. */
function isList(value: HeaderValue): value is readonly string[] {
  return Array.isArray(value);
}
