import type { Class } from '../../http/class';
import { HttpError } from '../../http/status/http-error';
import type { Findings } from '../findings';

/**
 * Makes instances with class-transformer, which applies all of its decorators. When one of them throws, the request is
 * answered with 422, unless the error is an HttpError.
 */
export function makeTransform(type: Class): (plain: object, findings: Findings) => object | undefined {
  const { plainToInstance } = require('class-transformer') as typeof import('class-transformer');
  return (plain, findings) => {
    try {
      return plainToInstance(type, plain) as object;
    } catch (error) {
      if (error instanceof HttpError) throw error;
      findings.addThrown(error, 'transform', () => 'must be convertible to the expected type');
      return undefined;
    }
  };
}
