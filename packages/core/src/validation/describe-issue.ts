import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ErrorDetail } from '../http/status/http-error';
import { formatPointer } from './json-pointer';
import type { RequestPart } from '../http/status/http-error';

/** What an issue is called by a library that has no names for them. */
const UNNAMED = { code: 'schema' };

/** What libraries add to an issue: zod and arktype have a `code`, valibot a `type`; the last two say what is due. */
interface NamedIssue extends StandardSchemaV1.Issue {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
}

/** One issue of a schema as an error: where, what, and a text that does not tell the value back. */
export function describeIssue(issue: NamedIssue, root: unknown, part: RequestPart): ErrorDetail {
  // Not by its own `map`: the path of arktype is no plain list, and makes one of its kind with a step too many.
  const path = Array.from(issue.path ?? [], (step) => (typeof step === 'object' ? step.key : step));
  const code = issue.code ?? issue.type;
  return {
    ...UNNAMED,
    ...(typeof code === 'string' && { code }),
    in: part,
    pointer: formatPointer(...path),
    detail: describe(issue, findValue(root, path)),
  };
}

function findValue(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], root);
}

/** Of a library that says what is due the text is taken only if the value can not be in it. */
function describe({ message, expected }: NamedIssue, value: unknown): string {
  if (typeof expected === 'string' && tellsOf(value, message)) return `must be ${expected}`;
  return tellsText(value, message) ? 'is not what is due' : message;
}

function tellsOf(value: unknown, message: string): boolean {
  if (typeof value === 'object' && value !== null) return /["'{[]/.test(message);
  return value !== undefined && value !== '' && message.includes(`${value as string}`);
}

function tellsText(value: unknown, message: string): boolean {
  return typeof value === 'string' && value.length > 3 && message.includes(value);
}
