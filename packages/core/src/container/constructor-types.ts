import type { Class } from '../http/class';
import { metadata } from '../metadata/metadata';
import { readDesignTypes } from '../metadata/store';
import type { Token } from '../metadata/token';

/**
 * What a class's constructor asks for, parameter by parameter: the token given with `@Inject`, else the emitted
 * type. A class without a constructor of its own asks for what its parent asks for.
 * Undefined where there are parameters and the compiler emitted no types.
 */
export function readConstructorTypes(type: Class): readonly unknown[] | undefined {
  for (let current: unknown = type; isClass(current); current = Object.getPrototypeOf(current)) {
    const types = readDesignTypes(current);
    const tokens = metadata.injections.read(current);
    const count = Math.max(current.length, types?.length ?? 0, ...tokens.map(({ index }) => index + 1));
    if (count === 0 && !hasOwnConstructor(current)) continue;
    const given = new Map<number, Token>(tokens.map(({ index, token }) => [index, token]));
    if (types === undefined && given.size < count) return undefined;
    return Array.from({ length: count }, (_, index) => given.get(index) ?? types?.[index]);
  }
  return [];
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && value !== Function.prototype;
}

function hasOwnConstructor(type: Class): boolean {
  return /^class\b[^{]*\{[\s\S]*(?<![.\w$'"])constructor\s*\(/.test(Function.prototype.toString.call(type));
}
