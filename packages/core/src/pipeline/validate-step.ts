import type { ValidationError } from 'class-validator';
import { HttpError, type ErrorDetail } from '../http/http-error';
import type { Class } from '../plan/plan';
import type { StepFunction } from './compose';

/** More are not told: what a client sends must not decide how long the answer is. */
const MOST_ERRORS = 100;
/** class-transformer and class-validator go down by calling themselves: a deeper body would end in a 500. */
const MOST_LEVELS = 100;

/**
 * Makes the step that turns the parsed body into an instance of the class and checks its rules. Loads
 * class-validator and class-transformer: applications without such a body never do.
 * Keys that the class has no rule for are refused; values are never told back.
 */
export function makeValidateStep(type: Class): StepFunction {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only where a body class is validated
  const { validate } = require('class-validator') as typeof import('class-validator');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the same
  const { plainToInstance } = require('class-transformer') as typeof import('class-transformer');
  return async ({ request }, next) => {
    if (!isPlainObject(request.body))
      throw refuse([{ in: 'body', pointer: '', code: 'object', detail: 'must be an object' }]);
    if (isDeeper(request.body, MOST_LEVELS))
      throw refuse([
        { in: 'body', pointer: '', code: 'depth', detail: `must have at most ${MOST_LEVELS} levels` },
      ]);
    const instance = plainToInstance(type, request.body) as object;
    const errors = await validate(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
    });
    if (errors.length > 0)
      throw refuse(errors.flatMap((error) => describeErrors(error, '')).slice(0, MOST_ERRORS));
    request.body = instance;
    return next();
  };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function refuse(errors: readonly ErrorDetail[]): HttpError {
  return new HttpError(422, {
    code: 'validation_failed',
    detail: 'The request does not have the form that is due.',
    errors,
  });
}

/** The tree of class-validator as a list, each with a JSON Pointer (RFC 6901). */
function describeErrors({ property, constraints, children }: ValidationError, parent: string): ErrorDetail[] {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints ?? {}).map(([code, detail]) => ({
    in: 'body' as const,
    pointer,
    code,
    detail,
  }));
  return [...own, ...(children ?? []).flatMap((child) => describeErrors(child, pointer))];
}
