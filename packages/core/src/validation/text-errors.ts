import type { ErrorDetail, RequestPart } from '../http/status/http-error';
import { formatPointer } from './json-pointer';
import { TEXT_TYPE_WORDS, type TextTypeName } from './text-types';

/** Describes a required value that was not sent. */
export function describeMissing(part: RequestPart, name: string): ErrorDetail {
  return { in: part, pointer: formatPointer(name), code: 'required', detail: 'is required' };
}

/** Describes a text that cannot be converted to its type. */
export function describeWrong(
  part: RequestPart,
  type: TextTypeName,
  ...path: readonly (string | number)[]
): ErrorDetail {
  return {
    in: part,
    pointer: formatPointer(...path),
    code: type,
    detail: `must be ${TEXT_TYPE_WORDS[type]}`,
  };
}
