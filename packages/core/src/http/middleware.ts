import type { Class } from './class';
import type { Context } from './context';
import { isNothing } from './is-nothing';
import { isPromise, type MaybePromise } from './maybe-promise';
import type { RouteInfo } from '../routing/route-info';

/**
 * Runs everything further in. Never throws and never rejects: what is thrown inside has become the
 * response when it returns, and `context.error` holds it. Returns a promise only if something inside did.
 */
export type Next = () => MaybePromise<void>;

/** The one way to write a middleware, also without the object. A value other than undefined becomes the response. */
export type MiddlewareFunction = (context: Context, next: Next) => unknown;

/** A step of the onion. */
export interface Middleware {
  /** What the plan and the logs call it. */
  readonly name: string;
  /** The resolved options, printable: the plan shows them. Put no secrets into it. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Words, besides its name, by which a parameter, a mark or another middleware can need it: `['user']`. */
  readonly provides?: readonly string[];
  /** The name of a middleware, or of what one provides, that must stand further out: without it the route refuses to start. */
  readonly needs?: string;
  /** The same of one that must not stand further out, because this one can do nothing inside it: there the route refuses to start. */
  readonly outside?: string;
  /** Called once a route, at start-up: a version for this route, or null where it can not apply. */
  prepare?(route: RouteInfo): Middleware | null;
  /** Answers with what it returns, or goes on with `next()`; what it throws becomes the response. */
  handle(context: Context, next: Next): unknown;
}

/** A class whose instances are middleware; constructed once by the container. Its name defaults to the class's. */
export type MiddlewareClass = Class<Omit<Middleware, 'name'> & { readonly name?: string }>;

/** All that stands where a middleware is expected. */
export type MiddlewareLike = Middleware | MiddlewareFunction | MiddlewareClass;

/**
 * The simplest middleware: a function of the context that returns a reply to stop, or nothing to go on.
 *
 * @example const admin = guard((context) => (context.request.header('authorization') ? undefined : unauthorized()));
 */
export function guard(check: (context: Context) => unknown, name = check.name || 'guard'): Middleware {
  return {
    name,
    handle(context, next) {
      const answer = check(context);
      if (isPromise(answer)) return answer.then((value) => (isNothing(context, value) ? next() : value));
      return isNothing(context, answer) ? next() : answer;
    },
  };
}
