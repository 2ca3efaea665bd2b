import type { Class } from '../http/class';
import type { StoredList } from './stored-record';

/** A method with any parameters. */
export type Method = (...values: unknown[]) => unknown;

/** A class and its prototype. */
export interface Owner {
  readonly type: Class;
  readonly prototype: object;
}

/** The class and its parents, the furthest parent first: their middleware runs in this order. */
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

/** The value of the class itself, else that of its nearest parent that has one. */
export function findNearest<T>(
  chain: readonly Owner[],
  find: (owner: Owner) => T | undefined,
): T | undefined {
  for (const owner of [...chain].reverse()) {
    const found = find(owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The list of a method in the class itself, else in its nearest parent where the list is not empty. */
export function findNearestList<T>(
  chain: readonly Owner[],
  list: StoredList<T>,
  property: string | symbol,
): readonly T[] {
  const find = ({ prototype }: Owner): readonly T[] | undefined => {
    const items = list.read(prototype, property);
    return items.length === 0 ? undefined : items;
  };
  return findNearest(chain, find) ?? [];
}

/** The items on the classes, and then those on the method; within each, the furthest parent's come first. */
export function readBoth<T>(
  chain: readonly Owner[],
  list: StoredList<T>,
  property: string | symbol,
): { readonly scope: 'controller' | 'method'; readonly distance: number; readonly value: T }[] {
  const last = chain.length - 1;
  return [
    ...chain.flatMap(({ type }, index) =>
      list.read(type).map((value) => ({ scope: 'controller' as const, distance: last - index, value })),
    ),
    ...chain.flatMap(({ prototype }, index) =>
      list
        .read(prototype, property)
        .map((value) => ({ scope: 'method' as const, distance: last - index, value })),
    ),
  ];
}

export function isMethod(instance: object, property: string | symbol): boolean {
  return typeof (instance as Record<string | symbol, unknown>)[property] === 'function';
}

/** A method of an instance or of a prototype, not bound. */
export function findMethod(instance: object, property: string | symbol): Method {
  return (instance as Record<string | symbol, Method>)[property]!;
}
