import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import { readDesignTypes } from '../metadata/store';
import type { Token } from '../metadata/token';

/**
 * Reads what the constructor of a class depends on, parameter by parameter: the token of `@Inject`, else the type that
 * the compiler emitted. A class without a constructor of its own has that of its parent.
 *
 * @returns undefined if there are parameters, and the compiler emitted no types
 */
export function readConstructorTypes(type: Class): readonly unknown[] | undefined {
  for (let current: unknown = type; isClass(current); current = Object.getPrototypeOf(current)) {
    const types = readDesignTypes(current);
    const injections = metadata.injections.read(current);
    const count = Math.max(current.length, types?.length ?? 0, ...injections.map(({ index }) => index + 1));
    if (count === 0 && !hasOwnConstructor(current)) continue;
    const tokens = new Map<number, Token>(injections.map(({ index, token }) => [index, token]));
    if (types === undefined && tokens.size < count) return undefined;
    return Array.from({ length: count }, (_, index) => tokens.get(index) ?? types?.[index]);
  }
  return [];
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && value !== Function.prototype;
}

/** Only the source text shows whether a class without parameters has a constructor or inherits one. */
function hasOwnConstructor(type: Class): boolean {
  return /^class\b[^{]*\{[\s\S]*(?<![.\w$'"])constructor\s*\(/.test(Function.prototype.toString.call(type));
}
