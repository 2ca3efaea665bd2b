import type { Problems } from '../configuration/problems';
import type { Class } from '../http/class';
import type { Context } from '../http/context';
import type { Lifetime } from '../metadata/records';
import type { Token } from '../http/token';

/** Makes controllers and instances of middleware classes. Any container with this method can replace the built-in one. */
export interface Container {
  /** The instance of a class or token, always the same one. Throws if there is none. */
  resolve<T>(token: Token<T>): T;
}

/**
 * Provides a token: with a value, with an instance of a class, or with the result of a factory, whose arguments are the
 * instances of the tokens in `inject`. A class alone provides itself. A factory may return a promise, which is awaited
 * before anything that depends on it is made; other objects with a `then` are never awaited.
 */
export type Provider =
  | Class
  | { readonly token: Token; readonly useValue: unknown }
  | { readonly token: Token; readonly useClass: Class; readonly scope?: Lifetime }
  | {
      readonly token: Token;
      readonly useFactory: (...dependencies: never[]) => unknown;
      readonly inject?: readonly Token[] | [];
      readonly scope?: Lifetime;
    };

/** Calls a function with the instance of one request, which is made on first use, and returns what the function returns; a promise of it if the instance is made later. */
export type UseInRequest<T = unknown> = (context: Context, use: (instance: T) => unknown) => unknown;

/** A factory that is not in the list of providers. */
export interface NamelessFactory {
  readonly inject: readonly Token[];
  readonly useFactory: (...dependencies: never[]) => unknown;
}

/** An instance that lives as long as the application, with its name for messages. */
export interface Made {
  readonly name: string;
  readonly value: unknown;
  /** A value of the user, which is neither started nor stopped. */
  readonly isExternal?: true;
}

/** A container, with what the plan and the life of the application need beyond the public contract. */
export interface InstanceSource extends Container {
  /** The function that gives an instance for each request; undefined if it lives as long as the application. Throws like `resolve`. */
  findRequestUse(token: Token): UseInRequest | undefined;
  /** Makes a token for the result of a factory without one: the same token for the same factory. */
  nameFactory(factory: NamelessFactory, name: string): Token;
  /** Makes every provider that lives as long as the application, and waits for it. A failed one is not tried again until `endAttempt`. */
  makeProvided(problems: Problems): Promise<void>;
  /** Ends an attempt to start: from now on, what failed is made again when it is asked for. */
  endAttempt(): void;
  /** The container that this one only passes on: that of the outer application. */
  readonly sharedWith?: InstanceSource;
  /** The instances made so far that live as long as the application, dependencies first. */
  readonly made: readonly Made[];
}
