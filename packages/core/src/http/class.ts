/** A class that can be instantiated, whatever its constructor takes. */
export type Class<T = unknown> = new (...values: never[]) => T;

/** A class, possibly abstract. */
export type AbstractClass<T = unknown> = abstract new (...values: never[]) => T;
