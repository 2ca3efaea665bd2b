import type { Class } from '../http/class';
import { HttpError } from '../http/status/http-error';
import { RefusedInput } from './refused-input';
import type { RequestPart } from '../http/status/http-error';

/**
 * Has class-transformer make the instance, with all that its decorators say. What they throw at what a client has
 * sent is answered with 422, unless it is an HttpError of its own.
 */
export function makeTransform(type: Class): (plain: object, part: RequestPart) => object {
  const { plainToInstance } = require('class-transformer') as typeof import('class-transformer');
  return (plain, part) => {
    try {
      return plainToInstance(type, plain) as object;
    } catch (error) {
      if (error instanceof HttpError) throw error;
      const detail = 'can not be made into what is due';
      throw new RefusedInput([{ in: part, pointer: '', code: 'transform', detail }], error);
    }
  };
}
