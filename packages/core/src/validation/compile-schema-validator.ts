import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isPromise } from '../http/maybe-promise';
import type { StandardSchema } from './standard-schema';
import { checkDepth, MOST_LEVELS } from './depth';
import { describeIssue } from './describe-issue';
import { MOST_ERRORS, RefusedInput } from './refused-input';
import type { RequestPart } from '../http/status/http-error';
import type { Validate } from './validate';

/** Makes the check of a Standard Schema: a synchronous schema stays synchronous. */
export function compileSchemaValidator(schema: StandardSchema): Validate {
  const standard = schema['~standard'];
  return (plain, part) => {
    checkDepth(plain, MOST_LEVELS, part);
    const result = standard.validate(plain);
    return isPromise(result)
      ? result.then((settled) => settle(settled, plain, part))
      : settle(result, plain, part);
  };
}

function settle(result: StandardSchemaV1.Result<unknown>, plain: unknown, part: RequestPart): unknown {
  if (result.issues === undefined) return result.value;
  throw new RefusedInput(
    result.issues.slice(0, MOST_ERRORS).map((issue) => describeIssue(issue, plain, part)),
  );
}
