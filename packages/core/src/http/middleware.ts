import type { Class } from './class';
import type { Context } from './context';
import { isNothing } from './is-nothing';
import { isPromise, type MaybePromise } from './maybe-promise';
import type { MiddlewareLayer } from './order/middleware-layer';
import type { StepDescription } from './description/step-description';
import type { Instances, Token } from './token';
import type { RouteInfo } from '../routing/route-info';

/**
 * Runs all inner middleware and the handler. It never throws and never rejects: an error from inside has become the
 * response when it returns, and `context.error` holds it. Returns a promise only if something inside did.
 */
export type Next = () => MaybePromise<void>;

/** State that each worker of a program has for itself. */
export interface KeptInProcess {
  /** Nouns in the plural: `sessions`. */
  readonly what: string;
  /** Says how to keep them where all workers find them, as a sentence. */
  readonly cure: string;
}

/** A step inside a middleware: another middleware, what core does with the body, or the handler with its arguments. */
export interface InnerStep {
  readonly kind: 'middleware' | 'body' | 'form' | 'body-limit' | 'validate' | 'handler';
  readonly name: string;
  /** It is a middleware that may answer while the steps inside it still run. */
  readonly leavesInner?: true;
}

/**
 * Runs around one step in each request. It has to call `run` once and to return its value, of a promise one that settles in
 * the same way, or to throw its error: it observes, and answers nothing itself. A returned Error means the same as a thrown one. A middleware, and what
 * core does with the body, run everything inside of them.
 */
export type AroundStep = (context: Context, run: () => unknown) => unknown;

/** A middleware written as a function: the same as the `handle` of a Middleware. */
export type MiddlewareFunction = (context: Context, next: Next) => unknown;

/**
 * A middleware: one step around the handler.
 *
 * @example { name: 'audit', handle: (context, next) => afterwards(next(), () => record(context)) }
 */
export interface Middleware {
  /** The name in the plan and in the logs. */
  readonly name: string;
  /** The resolved options, which the plan prints. They must not contain secrets. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Words, besides the name, by which a parameter, a mark or another middleware can need this one: `['user']`. */
  readonly provides?: readonly string[];
  /** The name of a middleware, or a word that one provides. If none is further out, the application does not start. */
  readonly needs?: string;
  /**
   * Names of middleware, or words that they provide, inside which this one has no effect: `'guard'`. If one is further
   * out, the application does not start.
   */
  readonly outside?: string | readonly string[];
  /** The same for middleware that must not be further in: a cache has to be inside every `'guard'`. */
  readonly inside?: string | readonly string[];
  /** Its place in the recommended order. The printed plan recommends another order where the one of the layers is broken. */
  readonly layer?: MiddlewareLayer;
  /** Only the innermost middleware of this name runs on a route. By default all of them run. */
  readonly replaces?: boolean;
  /** The decorator that exempts a route: `@CsrfExempt()`. Then `@SkipMiddleware` refuses to leave this one out. */
  readonly exemptBy?: string;
  /**
   * It may answer while the inner steps still run, with `context.leaveInner`: whatever they return or throw after that is
   * discarded. Only the innermost one of a route has this effect. Its time includes the upload of a body.
   */
  readonly leavesInner?: boolean;
  /**
   * When everything has started, and before the application listens, it runs once with a GET of its own for the path of
   * each route, and the steps inside it, but none outside. The application does not start if they fail or the status is
   * not 2xx.
   */
  readonly runsAtStart?: boolean;
  /** A sentence that the log has once, as a warning, when the application starts: a danger of the options that were chosen. */
  readonly notice?: string;
  /** The same, only where clients use HTTPS: the application listens with TLS or, outside of development, trusts a proxy. */
  readonly noticeOverHttps?: string;
  /**
   * State in the memory of the process, such as `sessions`, that several workers do not share. An application that has
   * several logs a warning.
   */
  readonly keepsInProcess?: KeptInProcess;
  /**
   * The most bytes that it makes a browser add to the head of later requests, by a cookie. With a limit for heads that
   * leaves no room for them the application does not start.
   */
  readonly addsHeaderBytes?: number;
  /**
   * The statuses, headers and credentials that it adds to a route, or a function of the route that returns them; default:
   * none. It is read once at start-up, after `prepare`, for documents of the API.
   */
  readonly describes?: StepDescription | ((route: RouteInfo) => StepDescription | undefined);
  /**
   * Called at start-up for each step inside this one, to observe it: a span or a time of its own. Returns what runs around
   * the step, or undefined. The outermost of several middleware is the outermost here, too.
   */
  aroundSteps?(step: InnerStep): AroundStep | undefined;
  /** Called once per route at start-up. Returns the version for this route, or null when this middleware does not apply. */
  prepare?(route: RouteInfo): Middleware | null;
  /** Answers by returning a reply, or continues with `next()`. An error that it throws becomes the response. */
  handle(context: Context, next: Next): unknown;
}

/** A class whose instances are middleware, constructed once by the container. Their name defaults to that of the class. */
export type MiddlewareClass = Class<Omit<Middleware, 'name'> & { readonly name?: string }>;

/** A middleware that a function makes of dependencies, once for each application. `withDependencies` makes one. */
export interface MiddlewareFactory {
  readonly inject: readonly Token[];
  readonly useFactory: (...dependencies: never[]) => MiddlewareLike;
}

/** Any form of a middleware: an object, a function, a class, or a factory with dependencies. */
export type MiddlewareLike = Middleware | MiddlewareFunction | MiddlewareClass | MiddlewareFactory;

/**
 * Makes a middleware of dependencies: the function is called once for each application, at start-up, with the instances
 * of the tokens. It makes any middleware: a guard, `session` with a store, `bearer` with a `verify` that asks a service.
 *
 * @example withDependencies([CONFIG], (config) => session({ secretKey: config.sessionSecret }))
 */
export function withDependencies<const Tokens extends readonly Token[]>(
  inject: Tokens,
  useFactory: (...dependencies: Instances<Tokens>) => MiddlewareLike,
): MiddlewareFactory {
  return { inject, useFactory: useFactory as MiddlewareFactory['useFactory'] };
}

/**
 * The simplest middleware: a function of the context that returns a reply to stop, or nothing to continue. A boolean is
 * neither, so it answers 500.
 *
 * @example const admin = guard((context) => (context.request.header('authorization') ? undefined : unauthorized()));
 * @throws TypeError when a request meets a function that returns a boolean
 */
export function guard(check: (context: Context) => unknown, name = check.name || 'guard'): Middleware {
  return {
    name,
    provides: ['guard'],
    layer: 'guard',
    describes: GUARD_DESCRIPTION,
    handle(context, next) {
      const answer = check(context);
      if (isPromise(answer))
        return answer.then((value) => (isNothing(context, value) ? next() : refuse(name, value)));
      return isNothing(context, answer) ? next() : refuse(name, answer);
    },
  };
}

/** Guards of other frameworks return a boolean, which would be the reply here: 200, whatever it says. */
function refuse(name: string, answer: unknown): unknown {
  if (typeof answer !== 'boolean') return answer;
  throw new TypeError(
    `The guard ${name} returned ${answer}. Return nothing to continue, or a reply to stop, as in isAllowed ? undefined : forbidden().`,
  );
}

const GUARD_DESCRIPTION: StepDescription = {
  statuses: {
    401: { description: 'The request needs credentials.' },
    403: { description: 'The request is not allowed.' },
  },
};
