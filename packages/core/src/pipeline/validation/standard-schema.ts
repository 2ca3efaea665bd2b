import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ErrorDetail } from '../../http/http-error';
import { isPromise } from '../../http/maybe-promise';
import type { StandardSchema } from '../../http/standard-schema';
import { extendPointer, refuse } from './refuse';
import type { RequestPart, Validate } from './validate';

/** Makes the check of a Standard Schema: a synchronous schema stays synchronous. */
export function validateBySchema(schema: StandardSchema): Validate {
  const standard = schema['~standard'];
  return (plain, part) => {
    const result = standard.validate(plain);
    return isPromise(result) ? result.then((settled) => settle(settled, part)) : settle(result, part);
  };
}

function settle(result: StandardSchemaV1.Result<unknown>, part: RequestPart): unknown {
  if (result.issues === undefined) return result.value;
  throw refuse(result.issues.map((issue) => describeIssue(issue, part)));
}

function describeIssue(issue: StandardSchemaV1.Issue, part: RequestPart): ErrorDetail {
  const pointer = (issue.path ?? []).reduce<string>(
    (parent, step) => extendPointer(parent, typeof step === 'object' ? step.key : step),
    '',
  );
  return { ...UNNAMED, ...findCode(issue), in: part, pointer, detail: issue.message };
}

/** What an issue is called by a library that has no names for them. */
const UNNAMED = { code: 'schema' };

/** Standard Schema knows no codes; zod and arktype have one as `code`, valibot as `type`. */
function findCode(issue: StandardSchemaV1.Issue): { readonly code: string } | undefined {
  const { code, type } = issue as { readonly code?: unknown; readonly type?: unknown };
  const word = code ?? type;
  return typeof word === 'string' ? { code: word } : undefined;
}
