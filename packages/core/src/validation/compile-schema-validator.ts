import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isPromise } from '../http/maybe-promise';
import type { RequestPart } from '../http/status/http-error';
import { checkDepth, MOST_LEVELS } from './check-depth';
import { describeIssue } from './describe-issue';
import { MOST_ERRORS, RefusedInput } from './refused-input';
import type { StandardSchema } from './standard-schema';
import type { Validate } from './validate';

/** Compiles the check of a Standard Schema. It is synchronous if the schema is. */
export function compileSchemaValidator(schema: StandardSchema): Validate {
  const standard = schema['~standard'];
  return (plain, part) => {
    checkDepth(plain, MOST_LEVELS, part);
    const result = standard.validate(plain);
    return isPromise(result)
      ? result.then((resolved) => readOutput(resolved, plain, part))
      : readOutput(result, plain, part);
  };
}

function readOutput(result: StandardSchemaV1.Result<unknown>, plain: unknown, part: RequestPart): unknown {
  if (result.issues === undefined) return result.value;
  const issues = result.issues.slice(0, MOST_ERRORS);
  throw new RefusedInput(issues.map((issue) => describeIssue(issue, plain, part)));
}
