import { afterwards, HeaderLine, isPromise, type Context, type Middleware, type Next } from '@sluice/core';
import { findRefusal, isEmptyRule, readAccessRule, type AccessRule } from './access-rule';
import type { AuthenticatedUser } from './authenticated-user';
import { makeReadGrants, type GuardOptions, type Verified } from './guard-options';
import { READ_GRANTS, USER } from './user';

/** How one kind of guard reads credentials and says no. */
export interface Scheme<Credentials, User> {
  readonly name: string;
  /** Printable: no secrets. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The request header that the answer depends on; undefined where it is the address. */
  readonly vary: string | undefined;
  /** The credentials; undefined where there are none. Throws HttpError 400 where they can not be read. */
  readonly read: (context: Context) => Credentials | undefined;
  readonly verify: (credentials: Credentials, context: Context) => Verified<User>;
  /** The answer to a request with bad credentials, or with none. */
  readonly refuse: (why: 'missing' | 'invalid', context: Context) => unknown;
  /** Nobody found means that nobody was named, and not that credentials are bad. Default: false. */
  readonly seesNobody?: boolean;
  /** Headers of a 403 for want of a scope. */
  readonly describeScopes?: (scopes: readonly string[]) => Readonly<Record<string, string>>;
}

/** What was let in is one user's: a shared cache must not give it to another, unless the handler says it may. */
const PRIVATE = new HeaderLine('Cache-Control', 'private');
const NO_RULE: AccessRule = { roles: [], scopes: [] };

/**
 * Makes the middleware of a scheme. It lets nobody in but whom `verify` has named: whatever throws, or answers
 * nothing, ends the request here.
 */
export function makeGuard<Credentials, User>(
  scheme: Scheme<Credentials, User>,
  options: GuardOptions<User>,
): Middleware {
  const readGrants = makeReadGrants(options);
  const { optional = false } = options;

  function makeHandle(rule: AccessRule): Middleware['handle'] {
    const scopeHeaders = scheme.describeScopes?.(rule.scopes);
    const letsStrangersIn = optional && isEmptyRule(rule);

    function admit(context: Context, next: Next, user: unknown): unknown {
      const isNobody = !user || isInherited(user);
      if (isNobody && scheme.seesNobody && letsStrangersIn) return next();
      if (isNobody) return demand(scheme.refuse(scheme.seesNobody ? 'missing' : 'invalid', context));
      if (user instanceof Error) throw user;
      const refusal = isEmptyRule(rule) ? undefined : findRefusal(rule, readGrants(user), scopeHeaders);
      if (refusal !== undefined) throw refusal;
      context.set(USER, user as AuthenticatedUser);
      context.set(READ_GRANTS, readGrants);
      return afterwards(next(), () => void context.response.headers.setDefault(PRIVATE));
    }

    return (context, next) => {
      if (isAutomaticOptions(context)) return next();
      if (scheme.vary !== undefined) context.response.headers.vary(scheme.vary);
      const credentials = scheme.read(context);
      if (credentials === undefined)
        return letsStrangersIn ? next() : demand(scheme.refuse('missing', context));
      const user = scheme.verify(credentials, context);
      return isPromise(user)
        ? Promise.resolve(user).then((found) => admit(context, next, found))
        : admit(context, next, user);
    };
  }

  return {
    name: scheme.name,
    options: Object.freeze({ ...scheme.options, optional }),
    provides: ['user', 'authorization'],
    prepare(route) {
      const rule = readAccessRule(route);
      if (rule === undefined) return null;
      const { prepare: _, ...guard } = this;
      return { ...guard, handle: makeHandle(rule) };
    },
    handle: makeHandle(NO_RULE),
  };
}

/**
 * OPTIONS without a route of its own runs no handler: a preflight never carries credentials (Fetch §3.3.5), and what it
 * is told is what the path allows.
 */
function isAutomaticOptions({ route, request }: Context): boolean {
  return route.kind === 'fallback' && request.method === 'OPTIONS';
}

/** What every object has under names like `constructor` and `__proto__`: tokens were looked up in a plain object. */
function isInherited(user: unknown): boolean {
  return typeof user === 'function' || user === Object.prototype;
}

/** A refusal that says nothing would let the request look unanswered: it becomes an error all the same. */
function demand(refusal: unknown): unknown {
  if (refusal === undefined) throw new Error('The guard has refused the request with nothing.');
  return refusal;
}
