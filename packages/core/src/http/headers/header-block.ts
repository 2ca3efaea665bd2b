import { ENGINE_HEADERS } from './engine-headers';
import type { HeaderLine } from './header-line';
import { describesBody } from './describes-body';

/**
 * Header lines that a response gets together, with `headers.setBlock`. They are written as one text, which is made here,
 * as long as nothing changes one of them.
 *
 * @throws TypeError when a line is of a header that only the engine writes, such as Content-Length
 * @example const BLOCK = new HeaderBlock([new HeaderLine('X-Content-Type-Options', 'nosniff')]);
 */
export class HeaderBlock {
  readonly lines: readonly HeaderLine[];
  /** Each line behind a line break. */
  readonly text: string;
  /** Whether a response with another body must not have all of them. */
  readonly describesBody: boolean;
  private readonly names: ReadonlySet<string>;

  constructor(lines: readonly HeaderLine[]) {
    const refused = lines.find(({ lowerName }) => ENGINE_HEADERS.has(lowerName));
    if (refused !== undefined) throw new TypeError(`Only the engine writes ${refused.name}.`);
    this.lines = Object.freeze([...lines]);
    this.text = lines.map(({ name, value }) => `\r\n${name}: ${value}`).join('');
    this.names = new Set(lines.map(({ lowerName }) => lowerName));
    this.describesBody = lines.some(({ lowerName }) => describesBody(lowerName));
  }

  /** Answers whether a line has the name. */
  has(lowerName: string): boolean {
    return this.names.has(lowerName);
  }
}
