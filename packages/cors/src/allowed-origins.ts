import { types } from 'node:util';
import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import { isSerializedOrigin } from './serialized-origin';

/**
 * Decides about one origin. Only `true` (or a promise of it) allows it; what it throws is answered with 500.
 * It is never asked about `null`, nor about anything that is not of the form `scheme://host[:port]`.
 */
export type OriginFunction = (origin: string, context: Context) => MaybePromise<boolean>;

/** An exact origin, `'*'`, `'null'`, a pattern that must match the whole origin, or a function. */
export type OriginRule = string | RegExp | OriginFunction;

/** Answers whether an origin is allowed; a promise only if a function among the rules gave one. */
export type OriginCheck = (origin: string, context: Context) => MaybePromise<boolean>;

/** Turns the rules into one function: exact strings first, then patterns, then functions, the cheapest first. */
export function compileOrigins(rules: readonly OriginRule[]): OriginCheck {
  const isListed = compileList(rules.filter((rule) => typeof rule === 'string'));
  const patterns = rules.filter((rule) => types.isRegExp(rule)).map(compileWholeMatch);
  const functions = rules.filter((rule) => typeof rule === 'function');
  if (patterns.length === 0 && functions.length === 0) return isListed;
  return (origin, context) => {
    if (isListed(origin)) return true;
    if (!isSerializedOrigin(origin)) return false;
    if (patterns.some((pattern) => pattern.test(origin))) return true;
    return askFunctions(functions, origin, context);
  };
}

/** Looks origins up, first in the one found last: a string just read has no hash yet, and without one no Set can be asked. */
function compileList(origins: readonly string[]): (origin: string) => boolean {
  const list: ReadonlySet<string> = new Set(origins);
  let latest: string | undefined;
  return (origin) => {
    if (origin === latest) return true;
    if (!list.has(origin)) return false;
    latest = origin;
    return true;
  };
}

/** The pattern, made to match from end to end; without g and y, which would remember the last request. */
export function compileWholeMatch(pattern: RegExp): RegExp {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gmy]/g, ''));
}

function askFunctions(
  functions: readonly OriginFunction[],
  origin: string,
  context: Context,
): MaybePromise<boolean> {
  for (const [index, isAllowed] of functions.entries()) {
    const answer: unknown = isAllowed(origin, context);
    if (answer === true) return true;
    if (!isPromise(answer)) continue;
    const others = functions.slice(index + 1);
    return answer.then((settled) => settled === true || askFunctions(others, origin, context));
  }
  return false;
}
