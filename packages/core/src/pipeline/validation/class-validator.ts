import type { ValidationError } from 'class-validator';
import type { ErrorDetail } from '../../http/http-error';
import type { Class, ValidationOptions } from '../../plan/plan';
import { extendPointer, refuse } from './refuse';
import type { RequestPart, Validate } from './validate';

/** class-transformer and class-validator go down by calling themselves: a deeper value would end in a 500. */
const MOST_LEVELS = 100;

/** Makes the check of a class with class-validator rules. Loads class-validator and class-transformer. */
export function validateByClass(type: Class, { groups, unknownKeys }: ValidationOptions): Validate {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where a class is validated
  const { validate } = require('class-validator') as typeof import('class-validator');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the same
  const { plainToInstance } = require('class-transformer') as typeof import('class-transformer');
  return async (plain, part) => {
    if (!isPlainObject(plain))
      throw refuse([{ in: part, pointer: '', code: 'object', detail: 'must be an object' }]);
    if (isDeeper(plain, MOST_LEVELS))
      throw refuse([
        { in: part, pointer: '', code: 'depth', detail: `must have at most ${MOST_LEVELS} levels` },
      ]);
    const instance = plainToInstance(type, plain) as object;
    const errors = await validate(instance, {
      ...(groups && { groups: [...groups] }),
      whitelist: true,
      forbidNonWhitelisted: unknownKeys !== 'strip',
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    if (errors.length > 0) throw refuse(errors.flatMap((error) => describeErrors(error, '', part)));
    return instance;
  };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

/** The tree of class-validator as a list, each with a JSON Pointer. */
function describeErrors(
  { property, constraints, children }: ValidationError,
  parent: string,
  part: RequestPart,
): ErrorDetail[] {
  const pointer = extendPointer(parent, property);
  const own = Object.entries(constraints ?? {}).map(([code, detail]) => ({
    in: part,
    pointer,
    code,
    detail,
  }));
  return [...own, ...(children ?? []).flatMap((child) => describeErrors(child, pointer, part))];
}
