import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import { compileKey, type FindKey } from './client-key';
import { makePolicy, type LimitPolicy } from './limit-policy';
import type { LimitOptions } from './rate-limit-options';
import type { LimitTake } from './store/limit-store';

/** Describes a request for the store. */
export type MakeTakes = (context: Context) => MaybePromise<readonly LimitTake[]>;

interface CompiledLimit {
  readonly policy: LimitPolicy;
  readonly findKey: FindKey;
  readonly cost: NonNullable<LimitOptions['cost']>;
}

export function makePolicies(limits: readonly LimitOptions[], scope: string): readonly LimitPolicy[] {
  return limits.map(({ name, limit, window }) => makePolicy(name!, limit, window, scope));
}

/** Compiles limits into a function that stays synchronous where keys and costs are. */
export function compileTakes(
  limits: readonly LimitOptions[],
  policies: readonly LimitPolicy[],
  prefixBits: number,
): MakeTakes {
  const compiled = limits.map(({ key = 'address', cost = 1 }, index): CompiledLimit => {
    return { policy: policies[index]!, findKey: compileKey(key, prefixBits), cost };
  });
  const [only, ...others] = compiled;
  if (others.length === 0) {
    return (context) => {
      const take = makeTake(only!, context);
      return isPromise(take) ? take.then((settled) => [settled]) : [take];
    };
  }
  return (context) => {
    const takes = compiled.map((limit) => makeTake(limit, context));
    return isSettled(takes) ? takes : Promise.all(takes.map(async (take) => take));
  };
}

function isSettled(takes: readonly MaybePromise<LimitTake>[]): takes is readonly LimitTake[] {
  return !takes.some(isPromise);
}

function makeTake({ policy, findKey, cost }: CompiledLimit, context: Context): MaybePromise<LimitTake> {
  const key = findKey(context);
  const units = typeof cost === 'function' ? cost(context) : cost;
  if (!isPromise(key) && !isPromise(units)) return { policy, key, cost: checkCost(units) };
  return Promise.all([key, units]).then(([found, settled]) => ({
    policy,
    key: found,
    cost: checkCost(settled),
  }));
}

function checkCost(cost: number): number {
  if (Number.isSafeInteger(cost) && cost >= 0) return cost;
  throw new TypeError(`The cost of a request must be a whole number of at least 0, not ${String(cost)}.`);
}
