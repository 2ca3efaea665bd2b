/** A class, seen from outside: what its constructor takes is its own affair. */
export type Class<T = unknown> = new (...values: never[]) => T;

/** A class, or one that only its subclasses make instances of. */
export type AbstractClass<T = unknown> = abstract new (...values: never[]) => T;
