import { RefusedInput } from './refused-input';
import type { RequestPart } from './validate';

/** Throws HttpError 422 for what is no object: null, lists and primitives. */
export function checkObjectDue(value: unknown, part: RequestPart): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new RefusedInput([{ in: part, pointer: '', code: 'object', detail: 'must be an object' }]);
}
