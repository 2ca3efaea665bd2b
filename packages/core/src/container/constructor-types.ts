import { EventEmitter } from 'node:events';
import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import { readDesignTypes } from '../metadata/store';
import type { Token } from '../http/token';

/**
 * Reads what the constructor of a class depends on, parameter by parameter: the token of `@Inject`, else the type that
 * the compiler emitted. A class has the constructor of its parent where it shows no parameters and no types: for a
 * constructor of its own without parameters, the compiler emits an empty list if the class has a decorator.
 *
 * @returns undefined if there are parameters, and the compiler emitted no types
 */
export function readConstructorTypes(type: Class): readonly unknown[] | undefined {
  for (let current: unknown = type; isClass(current); current = Object.getPrototypeOf(current)) {
    if (isOfPlatform(current)) break;
    const types = readDesignTypes(current);
    const injections = metadata.injections.read(current);
    const count = Math.max(current.length, types?.length ?? 0, ...injections.map(({ index }) => index + 1));
    if (count === 0 && types === undefined) continue;
    const tokens = new Map<number, Token>(injections.map(({ index, token }) => [index, token]));
    if (types === undefined && tokens.size < count) return undefined;
    return Array.from({ length: count }, (_, index) => tokens.get(index) ?? types?.[index]);
  }
  return [];
}

/** The parameters of these classes are options, not dependencies: `class Bus extends EventEmitter {}` has none. */
function isOfPlatform(type: Class): boolean {
  return type === EventEmitter || (globalThis as Readonly<Record<string, unknown>>)[type.name] === type;
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && value !== Function.prototype;
}
