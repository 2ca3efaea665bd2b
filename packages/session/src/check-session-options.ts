import { ConfigurationError, type ConfigurationProblem } from '@sluice/core';
import {
  findCookieFault,
  findOptionProblems,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  type OptionRules,
} from '@sluice/core/kit';
import { resolveOptions, type ResolvedSessionOptions, type SessionOptions } from './session-options';
import { knowsUsers } from './store/session-store';

const PLACE = 'session()';
const NONE: SessionOptions = { secretKey: undefined };
const LEAST_SECRET = 32;
/** Browsers keep a cookie for at most 400 days (RFC 6265bis §5.5). */
const LONGEST_AGE = 400 * 24 * 60 * 60;
const MAKE_SECRET = `node -e "console.log(require('node:crypto').randomBytes(32).toString('base64url'))"`;

const isText = (value: unknown) => (typeof value === 'string' ? undefined : 'must be a string');
const isAge = isIntegerOption(-1, LONGEST_AGE);

const RULES: OptionRules = {
  secretKey: () => undefined,
  sessionCookie: isText,
  maxAge: (value) => (value === null || isAge(value) === undefined ? undefined : `${isAge(value)!}, or null`),
  path: isText,
  domain: isText,
  sameSite: isOneOfOption('strict', 'lax', 'none'),
  httpsOnly: isBooleanOption,
  partitioned: isBooleanOption,
  encrypt: isBooleanOption,
  rolling: isBooleanOption,
  idleTimeout: isIntegerOption(1),
  absoluteTimeout: isIntegerOption(1),
  maxCookieSize: isIntegerOption(256, 4096),
  keepCacheControl: isBooleanOption,
  store: findStoreFault,
  regenerateGrace: isIntegerOption(0, 60),
  onConflict: isOneOfOption('refuse', 'overwrite'),
  userOf: isFunctionOption,
};

/**
 * Checks the options of `session`, one by one and then together.
 *
 * @throws ConfigurationError that lists every problem: OPTION_UNKNOWN, OPTION_MISSING or OPTION_INVALID
 */
export function checkSessionOptions(options: SessionOptions | undefined): void {
  const problems = [...findOptionProblems('session', options ?? {}, RULES)];
  // Contradictions can be found only between valid options.
  if (problems.length === 0) problems.push(...findContradictions(resolveOptions(options ?? NONE)));
  const secret = findSecretProblem(options?.secretKey);
  if (secret !== undefined) problems.unshift(secret);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function findSecretProblem(secretKey: unknown): ConfigurationProblem | undefined {
  if (secretKey === undefined || secretKey === null) {
    const cure = `Set it from the environment, as in secretKey: process.env.SESSION_SECRET, and make one with: ${MAKE_SECRET}`;
    return { code: 'OPTION_MISSING', place: PLACE, fault: 'secretKey is required.', cure };
  }
  const fault = findSecretFault(secretKey);
  if (fault === undefined) return undefined;
  const problem = { code: 'OPTION_INVALID', place: PLACE, fault: `secretKey ${fault}.` } as const;
  return { ...problem, cure: `Make one with: ${MAKE_SECRET}` };
}

function findSecretFault(secretKey: unknown): string | undefined {
  const isList = Array.isArray(secretKey);
  const secrets: readonly unknown[] = isList ? secretKey : [secretKey];
  if (secrets.length === 0) return 'must hold at least one secret';
  for (const [index, secret] of secrets.entries()) {
    const subject = isList ? `entry ${index + 1}` : 'it';
    if (typeof secret !== 'string' && !(secret instanceof Uint8Array))
      return `must be a string, bytes, or a list of these, but ${subject} is of type ${typeof secret}`;
    const size = Buffer.byteLength(secret);
    if (size < LEAST_SECRET) return `must have at least ${LEAST_SECRET} bytes, but ${subject} has ${size}`;
  }
  return undefined;
}

function findContradictions(options: ResolvedSessionOptions): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = [];
  const add = (fault: string, cure: string) =>
    problems.push({ code: 'OPTION_INVALID', place: PLACE, fault, cure });
  const { sessionCookie, path, domain, sameSite, httpsOnly: secure, partitioned } = options;
  const { encrypt, store, idleTimeout, absoluteTimeout } = options;
  const cookie = {
    path,
    secure,
    sameSite,
    partitioned,
    httpOnly: true,
    ...(domain !== undefined && { domain }),
  };
  const fault = findCookieFault(sessionCookie, cookie);
  if (fault !== undefined) {
    const cure =
      'Change sessionCookie, path, domain or sameSite, or write httpsOnly: true, which makes the cookie Secure.';
    add(`The cookie ${JSON.stringify(sessionCookie)} cannot be sent: ${fault}.`, cure);
  }
  if (encrypt && store !== undefined) {
    const cure = 'Leave encrypt out: with a store, the cookie holds only a random id.';
    add('encrypt and store cannot be used together.', cure);
  }
  if (options.userOf !== undefined && (store === undefined || !knowsUsers(store))) {
    const cure = 'Give session() a store with the methods readEpoch and raiseEpoch, or leave userOf out.';
    add('userOf needs a store that knows users.', cure);
  }
  if (idleTimeout !== undefined && absoluteTimeout !== undefined && idleTimeout > absoluteTimeout)
    add('idleTimeout is longer than absoluteTimeout.', 'Make idleTimeout no longer than absoluteTimeout.');
  return problems;
}

function findStoreFault(value: unknown): string | undefined {
  const store = value as Record<string, unknown> | null;
  const missing = ['get', 'set', 'touch', 'destroy'].filter(
    (method) => typeof store !== 'object' || typeof store?.[method] !== 'function',
  );
  return missing.length === 0 ? undefined : `must be a session store; it has no method ${missing.join(', ')}`;
}
