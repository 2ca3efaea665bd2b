import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isPromise } from '../http/maybe-promise';
import { addTooDeep, isDeeper } from './check-depth';
import { describeIssue } from './describe-issue';
import type { Findings } from './findings';
import type { StandardSchema } from './standard-schema';
import type { Check } from './validate';

/** Compiles the check of a Standard Schema. It is synchronous if the schema is. */
export function compileSchemaValidator(schema: StandardSchema): Check {
  const standard = schema['~standard'];
  return (plain, findings) => {
    if (isDeeper(plain)) return addTooDeep(findings);
    const result = standard.validate(plain);
    return isPromise(result)
      ? findings.checkLater(result, (resolved, later) => readOutput(resolved, plain, later))
      : readOutput(result, plain, findings);
  };
}

function readOutput(result: StandardSchemaV1.Result<unknown>, plain: unknown, findings: Findings): unknown {
  if (result.issues === undefined) return result.value;
  for (const issue of result.issues) {
    if (findings.isFull) break;
    findings.addBelow(describeIssue(issue, plain, findings.part));
  }
  return undefined;
}
