declare const TYPE: unique symbol;

/** A typed name by which something without a class is provided and asked for. */
export interface TypedToken<T> {
  readonly name: string;
  /** Never there: it only carries the type. */
  readonly [TYPE]?: () => T;
}

/**
 * Makes a token. Two tokens are never the same, whatever their names: the name is for messages.
 *
 * @example export const CLOCK = token<() => Date>('clock');
 */
export function token<T>(name: string): TypedToken<T> {
  return Object.freeze(new NamedToken(name));
}

/** Answers whether something was made by `token`. */
export function isTypedToken(value: unknown): value is TypedToken<unknown> {
  return value instanceof NamedToken;
}

class NamedToken {
  constructor(readonly name: string) {}
}
