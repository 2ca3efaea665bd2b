import type { TypeHelpOptions } from 'class-transformer';
import type { Class } from '../../http/class';
import { readTransformerStorage } from './transformer-storage';

/** The type that `@Type` names for a property. */
export interface NamedType {
  /** Undefined if each value decides, by `choose`. */
  readonly fixed: unknown;
  /** The class of values that name none, with a discriminator. */
  readonly base: unknown;
  /** Returns the type of one value. */
  readonly choose: (value: unknown, given: TypeHelpOptions) => unknown;
  readonly discriminator: Discriminator | undefined;
  /** Set, Map or a subclass of Array, where the property is declared as one. */
  readonly collection: Class | undefined;
}

/** How a property of each value names its class. */
export interface Discriminator {
  readonly property: string;
  readonly types: ReadonlyMap<unknown, Class>;
  /** Whether the property is one of the class, too. */
  readonly isKept: boolean;
}

/** Reads what `@Type` says about a property; undefined without `@Type`. Loads class-transformer. */
export function readNamedType(type: Class, property: string): NamedType | undefined {
  const record = readTransformerStorage().findTypeMetadata(type, property);
  if (record === undefined) return undefined;
  const { typeFunction, options = {} } = record;
  const reflectedType: unknown = record.reflectedType;
  const find: TypeFunction = typeFunction ?? (() => reflectedType);
  const discriminator = options.discriminator && {
    property: options.discriminator.property,
    types: new Map(options.discriminator.subTypes.map(({ name, value }) => [name, value as Class] as const)),
    isKept: options.keepDiscriminatorProperty === true,
  };
  const base = findFixed(find);
  return {
    fixed: discriminator === undefined ? base : undefined,
    base,
    choose: (value, given) => findByName(discriminator, value) ?? find(given),
    discriminator,
    collection: isCollection(reflectedType) ? reflectedType : undefined,
  };
}

/** Lists the classes that values of the type may have, as far as they are known before the first value. */
export function listClasses({ fixed, discriminator }: NamedType): readonly unknown[] {
  return discriminator === undefined ? [fixed] : [...discriminator.types.values()];
}

type TypeFunction = (given?: TypeHelpOptions) => unknown;

/** Finds the class that a value names; undefined without a discriminator, or if no class has this name. */
function findByName(discriminator: Discriminator | undefined, value: unknown): Class | undefined {
  if (discriminator === undefined || typeof value !== 'object' || value === null) return undefined;
  return discriminator.types.get((value as Record<string, unknown>)[discriminator.property]);
}

/** Calls the function of `@Type`; undefined if it reads its argument. `(type) => Item` does not. */
function findFixed(find: TypeFunction): unknown {
  if (find.length === 0) return find();
  let isRead = false;
  const watch = (): never => {
    isRead = true;
    throw new Error('The argument is not known yet.');
  };
  const given = new Proxy({}, { get: watch, has: watch, ownKeys: watch, getOwnPropertyDescriptor: watch });
  try {
    const type = find(given as TypeHelpOptions);
    return isRead ? undefined : type;
  } catch (error) {
    if (isRead) return undefined;
    throw error;
  }
}

function isCollection(type: unknown): type is Class {
  if (typeof type !== 'function') return false;
  return type === Map || type === Set || type.prototype instanceof Array;
}
