import { afterwards, HeaderLine, isPromise, type Context, type Middleware, type Next } from '@sluice/core';
import { findRefusal, isEmptyRule, readAccessRule, type AccessRule } from './access-rule';
import type { AuthenticatedUser } from './authenticated-user';
import { refuseCredentials } from './challenge';
import { checkUser, isUserFound } from './check-user';
import { describeGuard } from './describe-guard';
import { SCHEMES, type Guard, type GuardScheme } from './guard';
import { READ_GRANTS, USER } from './user';

/** A shared cache must not give the response for one user to another, unless the handler says that it may. */
const PRIVATE = new HeaderLine('Cache-Control', 'private');
const NO_RULE: AccessRule = { roles: [], scopes: [] };

/**
 * Makes the guard of one scheme, or of several that are tried in order. It fails closed: a `verify` that throws or finds
 * no user ends the request here.
 */
export function makeGuard(
  name: string,
  options: Readonly<Record<string, unknown>>,
  schemes: readonly GuardScheme[],
): Guard {
  return {
    name,
    options: Object.freeze(options),
    provides: ['user', 'authorization', 'guard'],
    layer: 'guard',
    [SCHEMES]: schemes,
    prepare(route) {
      const rule = readAccessRule(route);
      if (rule === undefined) return null;
      const { prepare: _, ...guard } = this;
      const { describes = describeGuard(schemes, rule) } = guard;
      return { ...guard, describes, handle: makeHandle(schemes, rule) };
    },
    handle: makeHandle(schemes, NO_RULE),
  };
}

/** Looks for a user and goes on with `next`, or refuses the request. */
type Attempt = (context: Context, next: Next) => unknown;

function makeHandle(schemes: readonly GuardScheme[], rule: AccessRule): Middleware['handle'] {
  const vary = schemes.flatMap((scheme) => scheme.vary ?? []).join(', ');
  const isRuled = !isEmptyRule(rule);
  const isOptional = !isRuled && schemes.some(({ optional }) => optional);
  const refuse = schemes.find((scheme) => scheme.refuse !== undefined)?.refuse;

  /** Tries one scheme, and the later ones if the request has no credentials for it. */
  function attemptScheme(scheme: GuardScheme, attemptLater: Attempt): Attempt {
    const scopeHeaders = scheme.describeScopes?.(rule.scopes);

    function admit(context: Context, next: Next, user: unknown): unknown {
      if (!isUserFound(user)) {
        if (scheme.noUserMeansMissing) return attemptLater(context, next);
        throw refuseCredentials('invalid', formatChallenges(scheme));
      }
      checkUser(user);
      const refusal = isRuled ? findRefusal(rule, scheme.readGrants(user), scopeHeaders) : undefined;
      if (refusal !== undefined) throw refusal;
      context.set(USER, user as AuthenticatedUser);
      context.set(READ_GRANTS, scheme.readGrants);
      return afterwards(next(), () => void context.response.headers.setDefault(PRIVATE));
    }

    return (context, next) => {
      const credentials = scheme.read(context);
      if (credentials === undefined) return attemptLater(context, next);
      const user = scheme.verify(credentials, context);
      return isPromise(user)
        ? Promise.resolve(user).then((found) => admit(context, next, found))
        : admit(context, next, user);
    };
  }

  function refuseAnonymous(context: Context): unknown {
    const finish = (reply: unknown): unknown => {
      if (reply === undefined || reply === null) return refuseCredentials('missing', formatChallenges());
      // A cache could store a page with status 200 and show it to users.
      context.response.headers.setDefault(PRIVATE);
      return reply;
    };
    const reply = refuse?.(context);
    return isPromise(reply) ? reply.then(finish) : finish(reply);
  }

  /** The challenges of all schemes: a client takes one that it supports (RFC 9110 §11.6.1). */
  function formatChallenges(refusing?: GuardScheme): readonly string[] {
    return schemes.map((scheme) => scheme.challenge(scheme === refusing ? 'invalid' : 'missing'));
  }

  const attemptAnonymous: Attempt = isOptional ? (_, next) => next() : refuseAnonymous;
  const attempt = schemes.reduceRight<Attempt>(
    (attemptLater, scheme) => attemptScheme(scheme, attemptLater),
    attemptAnonymous,
  );
  return (context, next) => {
    if (vary !== '') context.response.headers.vary(vary);
    return attempt(context, next);
  };
}
