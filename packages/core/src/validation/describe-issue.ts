import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ErrorDetail, RequestPart } from '../http/status/http-error';
import { formatPointer } from './json-pointer';

/** The code of an issue from a library whose issues have neither a `code` nor a `type`. */
const UNNAMED = { code: 'schema' };

/** The properties that libraries add: `code` (zod, arktype), `type` (valibot) and `expected` (arktype, valibot). */
interface NamedIssue extends StandardSchemaV1.Issue {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
}

/** Makes an error of an issue. Its detail never contains the value that the client sent. */
export function describeIssue(issue: NamedIssue, root: unknown, part: RequestPart): ErrorDetail {
  // Not with `path.map`: a path of arktype is a subclass of Array, whose `map` adds a step.
  const path = Array.from(issue.path ?? [], (step) => (typeof step === 'object' ? step.key : step));
  const code = issue.code ?? issue.type;
  return {
    in: part,
    pointer: formatPointer(...path),
    code: typeof code === 'string' ? code : UNNAMED.code,
    detail: describe(issue, findValue(root, path)),
  };
}

function findValue(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], root);
}

/** Replaces a message that contains the value, or may contain it if the issue has an `expected` to use instead. */
function describe({ message, expected }: NamedIssue, value: unknown): string {
  if (typeof expected === 'string' && mayContain(message, value)) return `must be ${expected}`;
  return containsText(message, value) ? 'must be a valid value' : message;
}

function mayContain(message: string, value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return /["'{[]/.test(message);
  return value !== undefined && value !== '' && message.includes(`${value as string}`);
}

/** Shorter texts are ignored: they appear in messages by chance. */
function containsText(message: string, value: unknown): boolean {
  return typeof value === 'string' && value.length > 3 && message.includes(value);
}
