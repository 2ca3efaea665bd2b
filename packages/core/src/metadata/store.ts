/**
 * The only file that imports reflect-metadata. It reads and writes a target's own metadata, and never edits what it
 * has written: `Reflect.getMetadata` walks the prototypes, so an edit would change the parent's list as well.
 */
import 'reflect-metadata';

/** Metadata is on a class or a prototype as a whole, or on one member of it. */
export type Property = string | symbol | undefined;

/** The key is registered globally, so that two copies of this package see each other's decorators. */
function makeKey(name: string): symbol {
  return Symbol.for(`sluice:${name}`);
}

export function readOwn<T>(name: string, target: object, property?: Property): T | undefined {
  return readMetadata(makeKey(name), target, property) as T | undefined;
}

export function writeOwn(name: string, value: unknown, target: object, property?: Property): void {
  const key = makeKey(name);
  if (property === undefined) Reflect.defineMetadata(key, value, target);
  else Reflect.defineMetadata(key, value, target, property);
}

/** The parameter types that the compiler emitted for a method, or for a constructor; undefined if it emitted none. */
export function readDesignTypes(target: object, property?: Property): readonly unknown[] | undefined {
  const types = readMetadata('design:paramtypes', target, property) as readonly unknown[] | undefined;
  return types?.map(nameEmitted);
}

/** The type that the compiler emitted for the result of a method; undefined if it emitted none, or if it is void. */
export function readDesignReturnType(prototype: object, property: string | symbol): unknown {
  return nameEmitted(readMetadata('design:returntype', prototype, property));
}

/** The type that the compiler emitted for a property; undefined if it emitted none. */
export function readDesignType(prototype: object, property: string): unknown {
  return nameEmitted(readMetadata('design:type', prototype, property));
}

/** Gives a property a type as the compiler would emit it. */
export function writeDesignType(type: unknown, prototype: object, property: string): void {
  Reflect.defineMetadata('design:type', type, prototype, property);
}

/** swc emits an imported enum itself, which is an object, not a type. */
function nameEmitted(type: unknown): unknown {
  return typeof type === 'object' ? Object : type;
}

function readMetadata(key: string | symbol, target: object, property: Property): unknown {
  return property === undefined
    ? Reflect.getOwnMetadata(key, target)
    : Reflect.getOwnMetadata(key, target, property);
}
