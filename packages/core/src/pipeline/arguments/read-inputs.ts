import type { Context } from '../../http/context';
import type { ErrorDetail } from '../../http/status/http-error';
import { holdRejection, isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { ReadArgument } from './read-argument';
import { RefusedInput } from '../../validation/refused-input';

/** Reads every argument, and goes on after a refused one, so that the client gets all errors at once. */
export function readInputs(readers: readonly ReadArgument[], context: Context): MaybePromise<unknown[]> {
  const errors: ErrorDetail[] = [];
  const refuse = (error: unknown): void => {
    if (!(error instanceof RefusedInput)) throw error;
    errors.push(...error.errors);
  };
  const values = readers.map((read) => {
    try {
      const value = read(context);
      // If another argument throws at once, nothing awaits this promise.
      return isPromise(value) ? holdRejection(Promise.resolve(value).catch(refuse)) : value;
    } catch (error) {
      return refuse(error);
    }
  });
  const finish = (read: unknown[]): unknown[] => {
    if (errors.length > 0) throw new RefusedInput(errors);
    return read;
  };
  return values.some(isPromise) ? Promise.all(values).then(finish) : finish(values);
}
