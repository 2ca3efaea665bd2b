declare const TYPE: unique symbol;

/** A typed name under which middleware and handlers share a value: `context.set(USER, user)`. */
export interface ContextKey<T> {
  readonly name: string;
  /** Never there: it only carries the type. */
  readonly [TYPE]?: (value: T) => T;
}

/**
 * Makes a key. Two keys are never the same, whatever their names: the name is for messages.
 *
 * @example export const USER = contextKey<User>('user');
 */
export function contextKey<T>(name: string): ContextKey<T> {
  return Object.freeze({ name });
}
