import { checkHeaderName, checkHeaderValue } from './header-check';

/**
 * A header line that is checked when it is made, so that `headers.setLine` need not check it for every response.
 *
 * @throws TypeError when the name is not a token, or the value has CR, LF, NUL or non-ASCII characters
 * @example const NO_SNIFF = new HeaderLine('X-Content-Type-Options', 'nosniff');
 */
export class HeaderLine {
  /** An object of the same shape is not a HeaderLine: its value has not been checked. */
  declare private readonly isChecked: true;
  readonly name: string;
  /** The name in lower case. */
  readonly lowerName: string;
  readonly value: string;

  constructor(name: string, value: string | number) {
    this.lowerName = checkHeaderName(name);
    this.name = name;
    this.value = checkHeaderValue(name, value);
    Object.freeze(this);
  }
}
