import type { ValidationError } from 'class-validator';
import type { ErrorDetail } from '../../http/http-error';
import type { Class } from '../../http/class';
import type { ValidationOptions } from '../../plan/plan';
import { checkDepth, MOST_LEVELS } from './depth';
import { formatPointer } from '../json-pointer';
import { RefusedInput } from '../refused-input';
import { checkObjectDue } from './check-object-due';
import { makeTransform } from './transform';
import type { RequestPart, Validate } from './validate';

/** Makes the check by class-validator itself, for the rules that are not compiled. */
export function validateByClassValidator(type: Class, { groups, unknownKeys }: ValidationOptions): Validate {
  const { validate } = require('class-validator') as typeof import('class-validator');
  const transform = makeTransform(type);
  return async (plain, part) => {
    checkObjectDue(plain, part);
    checkDepth(plain, MOST_LEVELS, part);
    const instance = transform(plain, part);
    const errors = await validate(instance, {
      ...(groups && { groups: [...groups] }),
      whitelist: true,
      forbidNonWhitelisted: unknownKeys !== 'strip',
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    if (errors.length > 0) throw new RefusedInput(errors.flatMap((error) => describeErrors(error, '', part)));
    return instance;
  };
}

/** The tree of class-validator as a list, each with a JSON Pointer. A value of no class has no property. */
function describeErrors(
  { property, constraints, children }: Partial<ValidationError>,
  parent: string,
  part: RequestPart,
): ErrorDetail[] {
  const pointer = property === undefined ? parent : parent + formatPointer(property);
  const own = Object.entries(constraints ?? {}).map(([code, detail]) => ({
    in: part,
    pointer,
    code,
    detail,
  }));
  return [...own, ...(children ?? []).flatMap((child) => describeErrors(child, pointer, part))];
}
