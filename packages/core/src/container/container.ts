import type { Problems } from '../configuration/problems';
import type { Context } from '../http/context';
import type { MaybePromise } from '../http/maybe-promise';
import type { Class } from '../http/class';
import type { Lifetime } from '../metadata/records';
import type { Token } from '../metadata/token';

/** Where controllers and middleware classes come from. Any container fits that can answer this one question. */
export interface Container {
  /** The instance for a class or token: always the same one. Throws where there is none. */
  resolve<T>(token: Token<T>): T;
}

/**
 * What to give for a token: a value, what the container makes of a class, or what a function makes of what it asks
 * for in `inject`. A class alone provides itself. A factory may return a promise: it is awaited before anything else
 * is made of it.
 */
export type Provider =
  | Class
  | { readonly token: Token; readonly useValue: unknown }
  | { readonly token: Token; readonly useClass: Class; readonly scope?: Lifetime }
  | {
      readonly token: Token;
      readonly useFactory: (...dependencies: never[]) => unknown;
      readonly inject?: readonly Token[];
      readonly scope?: Lifetime;
    };

/** Makes, or finds, what belongs to one request. */
export type MakeForRequest<T = unknown> = (context: Context) => MaybePromise<T>;

/** Something that the container made once. */
export interface Made {
  readonly name: string;
  readonly value: unknown;
}

/** What the plan asks of a container beyond the public contract. */
export interface InstanceSource extends Container {
  /** How the class is had during a request, where it belongs to one; undefined for all others. Throws like `resolve`. */
  findRequestMaker(type: Class): MakeForRequest | undefined;
  /** Makes all that was provided to last, and waits for it. */
  makeProvided(problems: Problems): Promise<void>;
  /** All that was made once so far, dependencies first. */
  readonly made: readonly Made[];
}
