import type { AbstractClass } from './class';

declare const TYPE: unique symbol;

/** A typed name for a dependency that has no class. */
export interface TypedToken<T> {
  readonly name: string;
  /** Only carries the type; no token has this property. */
  readonly [TYPE]?: () => T;
}

/** The name of a dependency: its class, or a token. */
export type Token<T = unknown> = AbstractClass<T> | TypedToken<T> | string | symbol;

/** The instances of a list of tokens, in its order. A string and a symbol have no type, so everything fits them. */
export type Instances<Tokens extends readonly Token[]> = {
  [Index in keyof Tokens]: Tokens[Index] extends string | symbol ? never : InstanceOf<Tokens[Index]>;
};

type InstanceOf<Name> =
  Name extends AbstractClass<infer Value> ? Value : Name extends TypedToken<infer Value> ? Value : unknown;

/**
 * Makes a token. Two tokens are never the same, even with one name: the name is for messages.
 *
 * @example export const CLOCK = token<() => Date>('clock');
 */
export function token<T>(name: string): TypedToken<T> {
  return Object.freeze(new NamedToken(name));
}

/** Returns whether `token` made the value. */
export function isTypedToken(value: unknown): value is TypedToken<unknown> {
  return value instanceof NamedToken;
}

/** The name of a token in messages: that of a class, and a text in quotes. */
export function nameToken(token: Token): string {
  if (typeof token === 'function') return token.name || 'a class without a name';
  if (typeof token === 'symbol') return token.toString();
  return isTypedToken(token) ? token.name : JSON.stringify(token);
}

class NamedToken {
  constructor(readonly name: string) {}
}
