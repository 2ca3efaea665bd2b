import type { MaybePromise } from '../http/maybe-promise';
import type { ErrorDetail, RequestPart } from '../http/status/http-error';
import { formatPointer } from './json-pointer';
import { MOST_ERRORS, RefusedInput } from './refused-input';

/** Promises that one validation waits for at once. Until some are settled, the other items of a list have to wait. */
const MOST_PENDING = 100;

/** The errors of one validation so far. */
interface Found {
  readonly errors: ErrorDetail[];
  /** The first thrown value that became an error. */
  cause: unknown;
}

/** The state of one validation: the current place in the value, the errors so far, and the promises to wait for. */
export class Findings {
  private readonly pending: Promise<unknown>[] = [];

  constructor(
    readonly part: RequestPart,
    /** The names and indexes that lead to the current value. */
    readonly path: (string | number)[] = [],
    private readonly found: Found = { errors: [], cause: undefined },
  ) {}

  /** Answers whether a response can list no further error. Then every loop over the value ends. */
  get isFull(): boolean {
    return this.found.errors.length >= MOST_ERRORS;
  }

  /** The number of errors so far. */
  get count(): number {
    return this.found.errors.length;
  }

  /** Adds an error about the current value. A later error with the same code replaces it. */
  add(code: string, describe: () => string): void {
    if (!this.isFull) this.addAt(formatPointer(...this.path), code, describe());
  }

  /** Adds an error about the current value that was thrown. */
  addThrown(thrown: unknown, code: string, describe: () => string): void {
    this.found.cause ??= thrown;
    this.add(code, describe);
  }

  /** Adds an error about a key of the current object that has no rule. */
  addUnknownKey(key: string): void {
    if (this.isFull) return;
    this.addAt(formatPointer(...this.path, key), 'whitelistValidation', `property ${key} should not exist`);
  }

  /** Adds an error whose pointer begins at the current value, beside others with the same code. */
  addBelow(error: ErrorDetail): void {
    if (this.isFull) return;
    this.found.errors.push({ ...error, pointer: formatPointer(...this.path) + error.pointer });
  }

  /** Adds the error if `passes` resolves to false. */
  addLater(passes: Promise<unknown>, code: string, describe: () => string): void {
    void this.checkLater(passes, (isPassed, later) => {
      if (!isPassed) later.add(code, describe);
    });
  }

  /** Checks what the promise resolves to as if it were in the place of the promise, and resolves to the result. */
  checkLater<T, R>(value: Promise<T>, check: (value: T, findings: Findings) => R): Promise<R | undefined> {
    const later = new Findings(this.part, [...this.path], this.found);
    const checked = value.then((resolved) => {
      if (this.isFull) return undefined;
      try {
        const result = check(resolved, later);
        return later.pending.length === 0 ? result : Promise.all(later.pending).then(() => result);
      } catch (error) {
        later.abandon();
        throw error;
      }
    });
    this.pending.push(checked);
    return checked;
  }

  /**
   * Visits the items of a list, each as the current value, until the errors are full. While too many promises are
   * pending, the other items wait. `keys` names the items if their indexes do not.
   */
  visitItems(
    items: readonly unknown[],
    visit: (item: unknown, index: number, findings: Findings) => void,
    keys?: readonly unknown[],
    from = 0,
  ): void {
    for (let index = from; index < items.length && !this.isFull; index++) {
      if (this.pending.length >= MOST_PENDING) {
        const settled = Promise.all(this.pending.splice(0));
        void this.checkLater(settled, (_, later) => later.visitItems(items, visit, keys, index));
        return;
      }
      this.path.push(keys === undefined ? index : String(keys[index]));
      visit(items[index], index, this);
      this.path.pop();
    }
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

  private addAt(pointer: string, code: string, detail: string): void {
    const { errors } = this.found;
    const error = { in: this.part, pointer, code, detail };
    const same = errors.findIndex((one) => one.pointer === pointer && one.code === code);
    if (same === -1) errors.push(error);
    else errors[same] = error;
  }

  private giveOrThrow<T>(value: T): T {
    const { errors, cause } = this.found;
    if (errors.length > 0) throw new RefusedInput(errors, cause);
    return value;
  }
}
