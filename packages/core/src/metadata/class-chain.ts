import type { Class } from '../http/class';

/** A method, whatever it takes. */
export type Method = (...values: unknown[]) => unknown;

/** A class and its prototype. */
export interface Owner {
  readonly type: Class;
  readonly prototype: object;
}

/** The class and its parents, the furthest parent first: that is the order in which their middleware runs. */
export function readChain(type: Class): Owner[] {
  const chain: Owner[] = [];
  for (
    let current: unknown = type;
    typeof current === 'function' && current !== Function.prototype;
    current = Object.getPrototypeOf(current)
  ) {
    chain.unshift({ type: current as Class, prototype: (current as Class).prototype as object });
  }
  return chain;
}

/** What the class itself says, else its parent, and so on. */
export function nearest<T>(chain: readonly Owner[], find: (owner: Owner) => T | undefined): T | undefined {
  for (let index = chain.length - 1; index >= 0; index--) {
    const found = find(chain[index]!);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the classes say and then what the method says, the furthest parent first. */
export function readBoth<T>(
  chain: readonly Owner[],
  property: string | symbol,
  read: (target: object, property?: string | symbol) => readonly T[],
): { readonly scope: 'controller' | 'method'; readonly value: T }[] {
  return [
    ...chain.flatMap(({ type }) => read(type)).map((value) => ({ scope: 'controller' as const, value })),
    ...chain
      .flatMap(({ prototype }) => read(prototype, property))
      .map((value) => ({ scope: 'method' as const, value })),
  ];
}

/** Answers whether there is a method of that name. */
export function isMethod(instance: object, property: string | symbol): boolean {
  return typeof (instance as Record<string | symbol, unknown>)[property] === 'function';
}

/** A method of an instance, or of a prototype; not bound. */
export function findMethod(instance: object, property: string | symbol): Method {
  return (instance as Record<string | symbol, Method>)[property]!;
}
