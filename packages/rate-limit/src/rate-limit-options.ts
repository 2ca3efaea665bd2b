import { ConfigurationError, type Context, type MaybePromise } from '@sluice/core';
import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
  isToken,
  type OptionRule,
  type OptionRules,
} from '@sluice/core/kit';
import type { KeyOption } from './client-key';
import type { LimitStore } from './store/limit-store';

/** The answer to a request while the store fails: count in this process, let it pass, or refuse it with 503. */
export type StoreErrorPolicy = 'local' | 'open' | 'closed';

/** One limit. */
export interface LimitOptions {
  /** Its name in the headers, and with a shared store the name of its count: letters, digits, `.`, `_`, `-`. */
  readonly name?: string;
  /** Units in a window. All can be taken at once; then they come back evenly over the window. */
  readonly limit: number;
  /** Seconds, from 1 to a year. */
  readonly window: number;
  /** The client to which a request counts. Default: `address`. */
  readonly key?: KeyOption;
  /** Units that a request takes. Default: 1. */
  readonly cost?: number | ((context: Context) => MaybePromise<number>);
}

/** Options of `rateLimit` and `@RateLimit`: those of one limit, or `policies`. */
export interface RateLimitOptions extends Partial<LimitOptions> {
  /** Several limits. A request must fit into all of them, and a refused one takes from none. */
  readonly policies?: readonly LimitOptions[];
  /** Returns whether a request is not counted. Default: every request counts. */
  readonly skip?: (context: Context) => MaybePromise<boolean>;
  /** The bits of an IPv6 address that make a client, from 32 to 128. Default: 64. */
  readonly ipv6Prefix?: number;
  /** The place where requests are counted. Default: `memoryLimits()`. */
  readonly store?: LimitStore;
  /** The answer while the store fails. Default: `local`. */
  readonly onStoreError?: StoreErrorPolicy;
  /** Whether responses have RateLimit and RateLimit-Policy. Default: true. */
  readonly headers?: boolean;
}

/** A year; longer windows are quotas, which need a database. */
const LONGEST_WINDOW = 31_536_000;
const MOST_UNITS = 1_000_000_000;
const MOST_POLICIES = 10;

const LIMIT_RULES: OptionRules = {
  name: (value) =>
    typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
      ? undefined
      : 'must be 1 to 64 letters, digits, and . _ -',
  limit: { required: isIntegerOption(1, MOST_UNITS) },
  window: { required: isIntegerOption(1, LONGEST_WINDOW) },
  key: findKeyFault,
  cost: (value) => (typeof value === 'function' ? undefined : isIntegerOption(0, MOST_UNITS)(value)),
};

const isStore: OptionRule = (value) =>
  typeof value === 'object' && value !== null && typeof (value as LimitStore).take === 'function'
    ? undefined
    : 'must be a store, such as redisLimits({ client })';

const SHARED_RULES: OptionRules = {
  skip: isFunctionOption,
  ipv6Prefix: isIntegerOption(32, 128),
  store: isStore,
  onStoreError: isOneOfOption('local', 'open', 'closed'),
  headers: isBooleanOption,
};

/**
 * Checks the options and returns the limits, with those of the shared options that they leave out.
 *
 * @throws ConfigurationError
 */
export function readLimits(options: RateLimitOptions, defaultName: string): readonly LimitOptions[] {
  if (options === null || typeof options !== 'object' || options.policies === undefined) {
    checkOptions('rateLimit', options, { ...LIMIT_RULES, ...SHARED_RULES, policies: () => undefined });
    return checkTogether([{ name: defaultName, ...(options as LimitOptions) }]);
  }
  const { key, cost } = LIMIT_RULES;
  checkOptions('rateLimit', options, {
    ...SHARED_RULES,
    policies: findPoliciesFault,
    key: key!,
    cost: cost!,
  });
  return checkTogether(
    options.policies.map((policy, index) => {
      checkOptions('rateLimit', policy, LIMIT_RULES, `rateLimit(), policies[${index}]`);
      return { name: defaultName, ...pick(options), ...policy };
    }),
  );
}

function pick({ key, cost }: RateLimitOptions): Pick<LimitOptions, 'key' | 'cost'> {
  return { ...(key !== undefined && { key }), ...(cost !== undefined && { cost }) };
}

/** The checks that look at several options. */
function checkTogether(limits: readonly LimitOptions[]): readonly LimitOptions[] {
  const problems = limits.flatMap(({ name, limit, cost }, index) => {
    if (limits.findIndex((other) => other.name === name) !== index)
      return [
        invalidOption('rateLimit()', 'name', `must differ between policies; two are ${JSON.stringify(name)}`),
      ];
    if (typeof cost === 'number' && cost > limit)
      return [invalidOption('rateLimit()', 'cost', 'must not be above limit, or every request is refused')];
    return [];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return limits;
}

function findPoliciesFault(value: unknown): string | undefined {
  return Array.isArray(value) && value.length > 0 && value.length <= MOST_POLICIES
    ? undefined
    : `must be a list of 1 to ${MOST_POLICIES} limits`;
}

function findKeyFault(value: unknown): string | undefined {
  if (value === 'address' || value === 'session' || typeof value === 'function') return undefined;
  const header: unknown =
    typeof value === 'object' && value !== null ? (value as { header?: unknown }).header : undefined;
  if (typeof header === 'string' && isToken(header) && Object.keys(value as object).length === 1)
    return undefined;
  return `must be 'address', 'session', { header: 'X-Api-Key' } or a function`;
}
