import type { ErrorDetail } from '../http/status/http-error';
import type { MaybePromise } from '../http/maybe-promise';
import { formatPointer } from './json-pointer';
import { MOST_ERRORS, RefusedInput } from './refused-input';
import type { RequestPart } from '../http/status/http-error';

/** What one validation has found: where it stands, what is wrong, what is still being waited for. */
export class Findings {
  private readonly pending: Promise<unknown>[] = [];

  constructor(
    readonly part: RequestPart,
    /** Names and indexes that lead to the value that is being looked at. */
    readonly path: (string | number)[] = [],
    private readonly errors = new Map<string, ErrorDetail>(),
  ) {}

  /** Notes a broken rule of the value that is being looked at; of two with one code the later one counts. */
  add(code: string, describe: () => string): void {
    this.addAt(this.readPointer(), code, describe);
  }

  /** Notes a key of the object that is being looked at, which has no rule. */
  addUnknownKey(key: string): void {
    const describe = () => `property ${key} should not exist`;
    this.addAt(this.readPointer() + formatPointer(key), 'whitelistValidation', describe);
  }

  /** Notes the rule as broken when `passes` comes out false. */
  addLater(passes: Promise<unknown>, code: string, describe: () => string): void {
    const pointer = this.readPointer();
    const note = (isPassed: unknown) => {
      if (!isPassed) this.addAt(pointer, code, describe);
    };
    this.pending.push(passes.then(note));
  }

  /** Looks at a value once it has come out, as if it stood where the promise stands. */
  checkLater(value: Promise<unknown>, check: (value: unknown, findings: Findings) => void): void {
    const later = new Findings(this.part, [...this.path], this.errors);
    const checkNow = (settled: unknown) => {
      check(settled, later);
      return Promise.all(later.pending);
    };
    this.pending.push(value.then(checkNow));
  }

  /** Gives back the value when everything has come out. Throws HttpError 422 where something is wrong. */
  settle<T>(value: T): MaybePromise<T> {
    if (this.pending.length === 0) return this.giveOrThrow(value);
    return Promise.all(this.pending).then(() => this.giveOrThrow(value));
  }

  /** Gives up waiting: rejections that nobody looks at would end the process. */
  abandon(): void {
    void Promise.allSettled(this.pending);
  }

  private readPointer(): string {
    return formatPointer(...this.path);
  }

  private addAt(pointer: string, code: string, describe: () => string): void {
    if (this.errors.size >= MOST_ERRORS) return;
    this.errors.set(`${pointer} ${code}`, { in: this.part, pointer, code, detail: describe() });
  }

  private giveOrThrow<T>(value: T): T {
    if (this.errors.size > 0) throw new RefusedInput([...this.errors.values()]);
    return value;
  }
}
