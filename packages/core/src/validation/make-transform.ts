import type { Class } from '../http/class';
import { HttpError, type RequestPart } from '../http/status/http-error';
import { RefusedInput } from './refused-input';

/**
 * Makes instances with class-transformer, which applies all of its decorators. When one of them throws, the request is
 * answered with 422, unless the error is an HttpError.
 */
export function makeTransform(type: Class): (plain: object, part: RequestPart) => object {
  const { plainToInstance } = require('class-transformer') as typeof import('class-transformer');
  return (plain, part) => {
    try {
      return plainToInstance(type, plain) as object;
    } catch (error) {
      if (error instanceof HttpError) throw error;
      const detail = 'must be convertible to the expected type';
      throw new RefusedInput([{ in: part, pointer: '', code: 'transform', detail }], error);
    }
  };
}
