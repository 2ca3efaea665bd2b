import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Answer } from './http-client';
import type { Outcome } from './run-case';
import type { Expectation, WireCase } from './wire-case';

/** Returns the differences as one sentence or several. */
type Check<Expected> = (
  expected: Expected,
  answer: Answer,
  outcome: Outcome,
) => string | string[] | undefined;

/** All differences between the expectations of a case and its outcome. */
export function findDifferences({ app, steps }: WireCase, outcome: Outcome): string[] {
  const expectations = steps.map(({ expect }) => expect);
  const refusalExpected = expectations[0]?.construct_error;
  if (outcome.refusal !== undefined || refusalExpected !== undefined) {
    const message = outcome.refusal?.message;
    if (message === undefined) return ['It started, but should have refused to.'];
    return refusalExpected !== undefined && message.includes(refusalExpected)
      ? []
      : [`It refused to start: ${message}`];
  }
  const differences = expectations.flatMap((expectation, index) =>
    checkAnswer(expectation, outcome.answers[index]!, outcome).map(
      (difference) => `step ${index + 1}: ${difference}`,
    ),
  );
  const mayLog = app.error !== undefined || app.kind.includes('raise');
  if (outcome.logged.length > 0 && !mayLog) differences.push(`It logged ${String(outcome.logged[0])}`);
  return differences;
}

function checkAnswer(expectation: Expectation, answer: Answer, outcome: Outcome): string[] {
  return Object.entries(expectation).flatMap(([key, expected]) => {
    const check = CHECKS[key as keyof typeof CHECKS] as Check<unknown> | undefined;
    if (check === undefined) throw new Error(`There is no check ${JSON.stringify(key)}.`);
    return check(expected, answer, outcome) ?? [];
  });
}

const CHECKS: {
  readonly [Key in Exclude<keyof Expectation, 'construct_error'>]-?: Check<NonNullable<Expectation[Key]>>;
} = {
  status: (expected, { status }) => compare('status', expected, status),
  body: (expected, { body }) => compare('body', expected, body.toString()),
  body_json: (expected, { body }) => compare('body', expected, parse(body)),
  body_contains: (expected, { body }) => findMissing('body', expected, body.toString()),
  decoded_body_repeat: ([piece, count], answer) =>
    decode(answer) === piece.repeat(count) ? undefined : `body: not ${count} × ${piece}`,
  problem: ({ detail, ...expected }, { headers, body }) => {
    const problem = parse(body) as Record<string, unknown> | undefined;
    const found = { status: problem?.['status'], code: problem?.['code'] };
    return [
      compare('content-type', 'application/problem+json', headers['content-type']),
      compare('problem', expected, found),
      detail === undefined ? undefined : compare('detail', detail, problem?.['detail']),
    ].filter((difference) => difference !== undefined);
  },
  headers: (expected, { headers }) => check(expected, (name, value) => compare(name, value, headers[name])),
  headers_present: (names, { headers }) =>
    names.filter((name) => headers[name] === undefined).map((name) => `${name} is missing`),
  headers_absent: (names, { headers }) =>
    names.filter((name) => headers[name] !== undefined).map((name) => `${name} is present: ${headers[name]}`),
  header_contains: (expected, { headers }) =>
    check(expected, (name, parts) => findMissing(name, parts, headers[name] ?? '')),
  header_contains_ci: (expected, { headers }) =>
    check(expected, (name, parts) => findMissing(name, parts, (headers[name] ?? '').toLowerCase())),
  header_not_contains: (expected, { headers }) =>
    check(expected, (name, parts) =>
      parts.filter((part) => headers[name]?.includes(part)).map((part) => `${name} contains ${part}`),
    ),
  header_matches: (expected, { headers }) =>
    check(expected, (name, pattern) =>
      new RegExp(pattern).test(headers[name] ?? '') ? [] : `${name}: ${headers[name]} is not /${pattern}/`,
    ),
  header_starts: (expected, { headers }) =>
    check(expected, (name, start) =>
      headers[name]?.startsWith(start) ? [] : `${name}: ${headers[name]} does not begin with ${start}`,
    ),
  content_length_lt: (limit, { headers }) =>
    Number(headers['content-length']) < limit ? undefined : `content-length: ${headers['content-length']}`,
  error_propagates: (expected, _answer, { logged }) =>
    compare(
      'an error was logged',
      expected,
      logged.some((entry) => entry instanceof Error),
    ),
  server_error: (expected, _answer, { logged }) => findMissing('the log', [expected], logged.join('\n')),
  handler_called: (expected, _answer, { isHandlerCalled }) =>
    compare('the error handler was called', expected, isHandlerCalled),
  order: (expected, _answer, { trace }) => compare('order', expected, trace),
};

function compare(name: string, expected: unknown, found: unknown): string | undefined {
  if (isDeepStrictEqual(expected, found)) return undefined;
  return `${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}

function check<Expected>(
  expected: Readonly<Record<string, Expected>>,
  one: (name: string, expected: Expected) => string | string[] | undefined,
): string[] {
  return Object.entries(expected).flatMap(([name, value]) => one(name, value) ?? []);
}

function findMissing(name: string, parts: readonly string[], found: string): string[] {
  return parts.filter((part) => !found.includes(part)).map((part) => `${name}: ${found} lacks ${part}`);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function decode({ headers, body }: Answer): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
}
