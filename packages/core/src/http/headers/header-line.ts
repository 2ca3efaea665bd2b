import { checkHeaderName, checkHeaderValue } from './header-check';

/**
 * A header with its value, checked once, when it is made: setting it with `headers.setLine` costs no check. For
 * what a program sends again and again; make it at start-up.
 *
 * @throws TypeError on a name that is no token, or a value with CR, LF, NUL or non-ASCII
 * @example const NO_SNIFF = new HeaderLine('X-Content-Type-Options', 'nosniff');
 */
export class HeaderLine {
  readonly name: string;
  /** The name in lower case. */
  readonly lowerName: string;
  readonly value: string;

  constructor(name: string, value: string | number) {
    this.lowerName = checkHeaderName(name);
    this.name = name;
    this.value = checkHeaderValue(name, value);
  }
}
