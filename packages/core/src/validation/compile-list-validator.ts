import { isPromise } from '../http/maybe-promise';
import type { Check } from './validate';

/** Compiles the check of a list: the errors of all its items come together. */
export function compileListValidator(checkItem: Check): Check {
  return (plain, findings) => {
    if (!Array.isArray(plain)) {
      findings.add('array', () => 'must be a list');
      return undefined;
    }
    const values: unknown[] = [];
    findings.visitItems(plain, (item, index, here) => {
      const value = checkItem(item, here);
      if (!isPromise(value)) values[index] = value;
      else void here.checkLater(value, (resolved) => (values[index] = resolved));
    });
    return values;
  };
}
