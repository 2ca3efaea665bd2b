import { afterwards, HeaderLine, isPromise, type Context, type Middleware, type Next } from '@sluice/core';
import { findRefusal, isEmptyRule, readAccessRule, type AccessRule } from './access-rule';
import type { AuthenticatedUser } from './authenticated-user';
import { refuseCredentials } from './challenge';
import { checkUser, isNobody } from './check-user';
import { WAYS_IN, type Guard, type WayIn } from './guard';
import { READ_GRANTS, USER } from './user';

/** What was let in is one user's: a shared cache must not give it to another, unless the handler says it may. */
const PRIVATE = new HeaderLine('Cache-Control', 'private');
const NO_RULE: AccessRule = { roles: [], scopes: [] };

/**
 * Makes the middleware of one scheme, or of several that are asked in order. It lets nobody in but whom a `verify` has
 * named: whatever throws, or answers nothing, ends the request here.
 */
export function makeGuard(
  name: string,
  options: Readonly<Record<string, unknown>>,
  waysIn: readonly WayIn[],
): Guard {
  return {
    name,
    options: Object.freeze(options),
    provides: ['user', 'authorization'],
    [WAYS_IN]: waysIn,
    prepare(route) {
      const rule = readAccessRule(route);
      if (rule === undefined) return null;
      const { prepare: _, ...guard } = this;
      return { ...guard, handle: makeHandle(waysIn, rule) };
    },
    handle: makeHandle(waysIn, NO_RULE),
  };
}

function makeHandle(waysIn: readonly WayIn[], rule: AccessRule): Middleware['handle'] {
  const schemes = waysIn.map(({ scheme }) => scheme);
  const vary = schemes.flatMap((scheme) => scheme.vary ?? []).join(', ');
  const scopeHeaders = schemes.map((scheme) => scheme.describeScopes?.(rule.scopes));
  const refuse = schemes.find((scheme) => scheme.refuse !== undefined)?.refuse;
  const letsStrangersIn = isEmptyRule(rule) && waysIn.some(({ optional }) => optional);

  /** Asks the first scheme from `index` on that finds credentials. */
  function ask(context: Context, next: Next, index: number): unknown {
    const scheme = schemes[index];
    if (scheme === undefined) return letsStrangersIn ? next() : refuseStranger(context);
    const credentials = scheme.read(context);
    if (credentials === undefined) return ask(context, next, index + 1);
    const user = scheme.verify(credentials, context);
    return isPromise(user)
      ? Promise.resolve(user).then((found) => admit(context, next, index, found))
      : admit(context, next, index, user);
  }

  function admit(context: Context, next: Next, index: number, user: unknown): unknown {
    if (isNobody(user)) {
      if (schemes[index]!.seesNobody) return ask(context, next, index + 1);
      throw refuseCredentials('invalid', formatChallenges(index));
    }
    checkUser(user);
    const { readGrants } = waysIn[index]!;
    const refusal = isEmptyRule(rule) ? undefined : findRefusal(rule, readGrants(user), scopeHeaders[index]);
    if (refusal !== undefined) throw refusal;
    context.set(USER, user as AuthenticatedUser);
    context.set(READ_GRANTS, readGrants);
    return afterwards(next(), () => void context.response.headers.setDefault(PRIVATE));
  }

  function refuseStranger(context: Context): unknown {
    const settle = (answer: unknown): unknown => {
      if (answer === undefined || answer === null) return refuseCredentials('missing', formatChallenges());
      // A page with status 200 could be stored, and given to who is let in.
      context.response.headers.setDefault(PRIVATE);
      return answer;
    };
    const answer = refuse?.(context);
    return isPromise(answer) ? answer.then(settle) : settle(answer);
  }

  /** What is due, of every scheme; a client takes the one it can (RFC 9110 §11.6.1). */
  function formatChallenges(bad?: number): string {
    return schemes.map(({ challenge }, index) => challenge(index === bad ? 'invalid' : 'missing')).join(', ');
  }

  return (context, next) => {
    if (vary !== '') context.response.headers.vary(vary);
    return ask(context, next, 0);
  };
}
