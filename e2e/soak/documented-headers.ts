import { HELMET_OVER_HTTP } from '../../packages/security-headers/test/helmet';
import type { RawResponse } from '../sockets/raw-connection';

/** Header fields by name in lower case, with their whole value or a pattern of it. */
export type HeaderFields = Readonly<Record<string, string | RegExp>>;

/** Those of the engine and of the framing of messages. */
const OF_THE_ENGINE = ['date', 'uwebsockets', 'connection', 'keep-alive', 'transfer-encoding'];

/** packages/request-id/README.md: on every answer. */
export const IDENTIFIED: HeaderFields = { 'x-request-id': /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/ };

/** packages/security-headers/README.md: the default preset, on plain HTTP. */
export const SECURED: HeaderFields = {
  ...IDENTIFIED,
  ...HELMET_OVER_HTTP,
};

/** packages/rate-limit/README.md: on every counted answer. */
export const COUNTED: HeaderFields = {
  ...SECURED,
  'ratelimit-policy': '"default";q=100000000;w=60',
  ratelimit: /^"default";r=\d+;t=\d+$/,
};

export const JSON_BODY: HeaderFields = { 'content-type': 'application/json', 'content-length': /^\d+$/ };
export const PROBLEM: HeaderFields = {
  'content-type': 'application/problem+json',
  'content-length': /^\d+$/,
};

/** The names of Vary in any order. */
export const varyBy = (...names: readonly string[]): HeaderFields => ({ vary: [...names].sort().join(', ') });

/** Finds the first field of a response that is not documented, is missing or has another value. */
export function findHeaderFault(response: RawResponse, documented: HeaderFields): string | undefined {
  const fields = readFields(response);
  for (const [name, value] of fields)
    if (documented[name] === undefined) return `${name} is not documented: ${value}`;
  for (const [name, expected] of Object.entries(documented)) {
    const value = fields.get(name);
    if (value === undefined) return `${name} is missing`;
    const isRight = typeof expected === 'string' ? value === expected : expected.test(value);
    if (!isRight) return `${name} is ${value}, not ${String(expected)}`;
  }
  return undefined;
}

function readFields({ lines }: RawResponse): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [line, value] of lines) {
    const name = line.toLowerCase();
    if (OF_THE_ENGINE.includes(name)) continue;
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const vary = fields.get('vary');
  if (vary !== undefined) fields.set('vary', vary.toLowerCase().split(', ').sort().join(', '));
  return fields;
}
