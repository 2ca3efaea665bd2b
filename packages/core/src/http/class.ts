/** A class that can be instantiated, whatever its constructor takes. */
export type Class<T = unknown> = new (...values: never[]) => T;

/** A class, possibly abstract. */
export type AbstractClass<T = unknown> = abstract new (...values: never[]) => T;

/** The class of an object by its prototype: a `constructor` of its own may be anything, as of a proxy, or sent by a client. */
export function findClass(instance: object): Class {
  const prototype = Object.getPrototypeOf(instance) as { readonly constructor?: Class } | null;
  return prototype?.constructor ?? Object;
}

/** A class cannot be given another prototype, and its methods are on it; a class compiled to a function has methods too. */
export function isWrittenAsClass(like: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(like, 'prototype');
  if (prototype === undefined) return false;
  return prototype.writable === false || Reflect.ownKeys(prototype.value as object).length > 1;
}
