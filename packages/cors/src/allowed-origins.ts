import { types } from 'node:util';
import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import { isSerializedOrigin } from './serialized-origin';

/**
 * Decides whether an origin is allowed. Only `true`, or a promise of it, allows the origin; an error becomes the
 * response. It is never called for `null`, or for text that does not have the form `scheme://host[:port]`.
 */
export type OriginFunction = (origin: string, context: Context) => MaybePromise<boolean>;

/** An exact origin, `'*'`, `'null'`, a pattern that must match the whole origin, or a function. */
export type OriginRule = string | RegExp | OriginFunction;

/** Returns whether an origin is allowed; a promise only if one of the rules is a function that returned one. */
export type OriginCheck = (origin: string, context: Context) => MaybePromise<boolean>;

/** Compiles the rules to one check, the cheapest first: exact strings, then patterns, then functions. */
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

/** Compares with the latest origin first: a Set has to hash the string, and a string just read has no hash yet. */
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

/** Makes a pattern match the whole text. The flags g and y would make it remember the previous request; m would split lines. */
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
