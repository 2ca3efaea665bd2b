declare const TYPE: unique symbol;

/** A typed name under which middleware and handlers share a value: `context.set(USER, user)`. */
export interface ContextKey<T> {
  readonly name: string;
  /** Never set: it only carries the type. */
  readonly [TYPE]?: (value: T) => T;
}

/**
 * Makes a key. Each key is unique, even among keys of the same name; the name only appears in messages.
 *
 * @example export const USER = contextKey<User>('user');
 */
export function contextKey<T>(name: string): ContextKey<T> {
  return Object.freeze({ name });
}
