import { HttpError, type ErrorDetail } from '../http/status/http-error';
import { isPromise } from '../http/maybe-promise';
import { RefusedInput } from './refused-input';
import type { Validate } from './validate';

/** Compiles the check of a list: the errors of all its items come together. */
export function compileListValidator(validateItem: Validate): Validate {
  return (plain, part) => {
    if (!Array.isArray(plain))
      throw new RefusedInput([{ in: part, pointer: '', code: 'array', detail: 'must be a list' }]);
    const errors: ErrorDetail[][] = [];
    const check = (item: unknown, index: number) => {
      try {
        const value = validateItem(item, part);
        return isPromise(value) ? value.catch((error: unknown) => keep(error, index)) : value;
      } catch (error) {
        return keep(error, index);
      }
    };
    const keep = (error: unknown, index: number) => {
      if (!(error instanceof HttpError) || error.errors === undefined) throw error;
      errors[index] = error.errors.map((one) => ({ ...one, pointer: `/${index}${one.pointer}` }));
    };
    const finish = (values: unknown[]) => {
      if (errors.length > 0) throw new RefusedInput(errors.flat());
      return values;
    };
    const values = plain.map(check);
    return values.some(isPromise) ? Promise.all(values).then(finish) : finish(values);
  };
}
