import { types } from 'node:util';
import { holdRejection } from '../http/maybe-promise';

/** Keeps an instance inside a promise: by itself, its `then` would be called, if it has one. */
interface Box {
  readonly value: unknown;
}

/**
 * An instance that is still being made. Inside the container only this one, and never a promise or another object with
 * `then`, is waited for.
 */
export class Pending {
  private constructor(private readonly box: Promise<Box>) {
    void holdRejection(box);
  }

  /** Returns what a factory made: a promise is the only result that is waited for. */
  static await(made: unknown): unknown {
    return types.isPromise(made) ? new Pending(made.then((value) => ({ value }))) : made;
  }

  /** Returns the list of the values, pending if one of them is. */
  static all(values: readonly unknown[]): Pending {
    const boxes = values.map(async (value): Promise<Box> =>
      value instanceof Pending ? value.box : { value },
    );
    return new Pending(Promise.all(boxes).then((ready) => ({ value: ready.map(({ value }) => value) })));
  }

  /** Calls the function with the instance once it is made, and returns the result, which may be pending too. */
  map(change: (value: unknown) => unknown): Pending {
    return new Pending(
      this.box.then(({ value }) => {
        const changed = change(value);
        return changed instanceof Pending ? changed.box : { value: changed };
      }),
    );
  }

  /** Calls the function if the instance could not be made; it throws another error. */
  catch(fail: (error: unknown) => never): Pending {
    return new Pending(this.box.catch(fail));
  }

  /** Calls the function with the instance once it is made. A promise that the function returns is waited for. */
  use<R>(call: (value: unknown) => R): Promise<Awaited<R>> {
    return this.box.then(({ value }) => call(value)) as Promise<Awaited<R>>;
  }
}
