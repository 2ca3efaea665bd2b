/**
 * The one place that touches reflect-metadata. Only own metadata is read and written, and what is
 * written is never edited: `Reflect.getMetadata` walks prototypes, so editing would reach the parent's.
 */
import 'reflect-metadata';

/** Registered globally, so that two copies of this package still see one another's decorators. */
function makeKey(name: string): symbol {
  return Symbol.for(`sluice:${name}`);
}

/** What a target (a class or a prototype, with or without a property) itself carries under a name. */
export function readOwn<T>(name: string, target: object, property?: string | symbol): T | undefined {
  const key = makeKey(name);
  const value: unknown =
    property === undefined
      ? Reflect.getOwnMetadata(key, target)
      : Reflect.getOwnMetadata(key, target, property);
  return value as T | undefined;
}

export function writeOwn(name: string, value: unknown, target: object, property?: string | symbol): void {
  const key = makeKey(name);
  if (property === undefined) Reflect.defineMetadata(key, value, target);
  else Reflect.defineMetadata(key, value, target, property);
}

/** A list with one record more in front: decorators are applied bottom to top, so reading order is running order. */
export function prependOwn<T>(
  name: string,
  records: readonly T[],
  target: object,
  property?: string | symbol,
): void {
  const present = readOwn<readonly T[]>(name, target, property) ?? [];
  writeOwn(name, Object.freeze([...records, ...present]), target, property);
}

/** The parameter types the compiler emitted for a method, or for a constructor; undefined where it emitted none. */
export function readDesignTypes(target: object, property?: string | symbol): readonly unknown[] | undefined {
  const types: unknown =
    property === undefined
      ? Reflect.getOwnMetadata('design:paramtypes', target)
      : Reflect.getOwnMetadata('design:paramtypes', target, property);
  return types as readonly unknown[] | undefined;
}

/** The type the compiler emitted for a property; undefined where it emitted none. */
export function readDesignType(prototype: object, property: string): unknown {
  return Reflect.getOwnMetadata('design:type', prototype, property) as unknown;
}
