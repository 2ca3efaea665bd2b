import {
  isPromise,
  type Context,
  type HttpError,
  type MaybePromise,
  type Middleware,
  type Next,
} from '@sluice/core';
import { describeFunction, isPreflight } from '@sluice/core/kit';
import { describeKey, type KeyOption } from './client-key';
import { describeLimit } from './describe-limit';
import { formatStates, makePolicyLine } from './limit-fields';
import { readLimits, type RateLimitOptions } from './rate-limit-options';
import { refuseExceeded, refuseUncounted } from './refusals';
import { GuardedLimits, type LimitOutcome } from './store/guarded-limits';
import type { LimitState, LimitTake } from './store/limit-store';
import { memoryLimits, MemoryLimits } from './store/memory-limits';
import { compileTakes, makePolicies } from './take-requests';

/**
 * Limits the requests of each client. Several on one route add up: each counts, and each can refuse.
 *
 * @throws ConfigurationError when an option is unknown, missing or invalid
 * @example rateLimit({ limit: 100, window: 60 })
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  return makeRateLimit(options, 'default', '');
}

/** Makes a limit with the name and the scope that a decorator gives it. */
export function makeRateLimit(options: RateLimitOptions, defaultName: string, scope: string): Middleware {
  const limits = readLimits(options, defaultName);
  const { skip, ipv6Prefix = 64, onStoreError = 'local', headers: hasFields = true } = options;
  const store = options.store ?? memoryLimits();
  const policies = makePolicies(limits, scope);
  const policyLine = makePolicyLine(policies);
  const makeTakes = compileTakes(limits, policies, ipv6Prefix);
  const guarded = store instanceof MemoryLimits ? store : new GuardedLimits(store, onStoreError);

  function count(context: Context, next: Next): unknown {
    const takes = makeTakes(context);
    return isPromise(takes)
      ? takes.then((settled) => ask(context, next, settled))
      : ask(context, next, takes);
  }

  function ask(context: Context, next: Next, takes: readonly LimitTake[]): unknown {
    const outcome: MaybePromise<LimitOutcome> = guarded.take(takes, context);
    return isPromise(outcome)
      ? outcome.then((settled) => decide(context, next, settled))
      : decide(context, next, outcome);
  }

  function decide(context: Context, next: Next, outcome: LimitOutcome): unknown {
    if (outcome === 'open') return next();
    if (outcome === 'closed') return refuseUncounted();
    for (const state of outcome) if (state?.isAllowed === false) return refuse(context, outcome);
    if (hasFields) addFields(context, outcome);
    return next();
  }

  function addFields({ response: { headers } }: Context, states: readonly (LimitState | undefined)[]): void {
    // Limits further out have their own lines, which a client reads as one list.
    if (!headers.addMissing(policyLine)) headers.append(policyLine.name, policyLine.value);
    headers.append('RateLimit', formatStates(policies, states));
  }

  /** A refusal shows only the policies that it is about: Retry-After must not be earlier than the time of another one. */
  function refuse(context: Context, states: readonly (LimitState | undefined)[]): HttpError {
    const isViolated = (_: unknown, index: number): boolean => states[index]?.isAllowed === false;
    const violated = policies.filter(isViolated);
    if (hasFields) {
      addFields(context, states);
      context.response.headers.set('RateLimit', formatStates(violated, states.filter(isViolated)));
    }
    return refuseExceeded(violated, Math.max(...states.map((state) => state?.retryAfterMs ?? 0)));
  }

  return {
    name: 'rateLimit',
    options: Object.freeze({
      policies: limits.map(
        ({ name, limit, window, key = 'address' }) =>
          `${name}: ${limit} in ${window} s by ${describeKey(key)}`,
      ),
      store: store.name,
      ...(store instanceof MemoryLimits ? {} : { onStoreError }),
      ...(skip && { skip: describeFunction(skip) }),
    }),
    describes: describeLimit(hasFields, !(store instanceof MemoryLimits) && onStoreError === 'closed'),
    ...(limits.some(({ key }) => key === 'session') && { needs: 'session' }),
    // A key of another middleware is known only behind it.
    ...(limits.every(({ key }) => isOfRequest(key)) && { layer: 'limit' as const }),
    ...(store instanceof MemoryLimits && { keepsInProcess: KEPT_COUNTS }),
    handle(context, next) {
      // A browser sends it on its own account (Fetch §3.3.2), and a page cannot wait when it is refused.
      if (isPreflight(context.request)) return next();
      const skipped = skip?.(context) ?? false;
      if (isPromise(skipped)) return skipped.then((isSkipped) => (isSkipped ? next() : count(context, next)));
      return skipped ? next() : count(context, next);
    },
  };
}

const KEPT_COUNTS = {
  what: 'counts of requests',
  cure: 'Give it a store that all workers share: redisLimits({ … }). Otherwise each of them allows the whole limit.',
};

/** Whether a request has the key before any other middleware has run. */
function isOfRequest(key: KeyOption = 'address'): boolean {
  return key === 'address' || (typeof key === 'object' && 'header' in key);
}
