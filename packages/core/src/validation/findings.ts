import type { MaybePromise } from '../http/maybe-promise';
import type { ErrorDetail, RequestPart } from '../http/status/http-error';
import { formatPointer } from './json-pointer';
import { MOST_ERRORS, RefusedInput } from './refused-input';

/** The state of one validation: the current place in the value, the errors so far, and the promises to wait for. */
export class Findings {
  private readonly pending: Promise<unknown>[] = [];

  constructor(
    readonly part: RequestPart,
    /** The names and indexes that lead to the current value. */
    readonly path: (string | number)[] = [],
    private readonly errors = new Map<string, ErrorDetail>(),
  ) {}

  /** Adds an error about the current value. A later error with the same code replaces it. */
  add(code: string, describe: () => string): void {
    this.addAt(this.readPointer(), code, describe);
  }

  /** Adds an error about a key of the current object that has no rule. */
  addUnknownKey(key: string): void {
    const describe = () => `property ${key} should not exist`;
    this.addAt(this.readPointer() + formatPointer(key), 'whitelistValidation', describe);
  }

  /** Adds the error if `passes` resolves to false. */
  addLater(passes: Promise<unknown>, code: string, describe: () => string): void {
    const pointer = this.readPointer();
    const addIfBroken = (isPassed: unknown) => {
      if (!isPassed) this.addAt(pointer, code, describe);
    };
    this.pending.push(passes.then(addIfBroken));
  }

  /** Checks the resolved value of a promise as if it were in the place of the promise. */
  checkLater(value: Promise<unknown>, check: (value: unknown, findings: Findings) => void): void {
    const later = new Findings(this.part, [...this.path], this.errors);
    const checkNow = (resolved: unknown) => {
      check(resolved, later);
      return Promise.all(later.pending);
    };
    this.pending.push(value.then(checkNow));
  }

  /** Returns the value once nothing is pending. Throws, or rejects with, HttpError 422 if there are errors. */
  finish<T>(value: T): MaybePromise<T> {
    if (this.pending.length === 0) return this.giveOrThrow(value);
    return Promise.all(this.pending).then(() => this.giveOrThrow(value));
  }

  /** Stops waiting. Without a handler, a pending promise that rejects would end the process. */
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
