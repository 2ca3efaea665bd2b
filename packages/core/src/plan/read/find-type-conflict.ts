import type { Fault } from '../../configuration/configuration-error';
import type { EnumType } from '../../metadata/parameter-options';
import type { ParameterRecord } from '../../metadata/records';
import { isStandardSchema } from '../../validation/standard-schema';
import { isLostType } from './find-lost-type';
import { listValues } from './read-coercion';

/** Finds the contradiction between the type in a decorator and the one that the compiler emitted for the parameter. */
export function findTypeConflict(record: ParameterRecord, emitted: unknown): Fault | undefined {
  const [given, ...others] = listGivenTypes(record);
  if (given === undefined || [given, ...others].some((one) => isSameKind(one, emitted))) return undefined;
  return {
    fault: `The decorator gives ${nameType(given)}, but the parameter is declared as ${nameType(emitted)}.`,
    cure: 'Declare the parameter with the type that the decorator gives, or change the decorator.',
  };
}

/** Finds the contradiction between `@Type` on a property and the type that the compiler emitted for it. */
export function findPropertyConflict(property: string, given: unknown, emitted: unknown): Fault | undefined {
  if (isSameKind(given, emitted)) return undefined;
  return {
    fault: `@Type gives ${nameType(given)}, but ${property} is declared as ${nameType(emitted)}.`,
    cure: 'Declare the property with the type that @Type gives, or change @Type.',
  };
}

function nameType(type: unknown): string {
  if (type === Array) return 'a list';
  return (type as NamedType).name || 'a class without a name';
}

/** Answers whether a value of one type can be one of the other: one extends the other, or one of them says nothing. */
function isSameKind(given: unknown, emitted: unknown): boolean {
  if (isLostType(given) || isLostType(emitted) || given === emitted) return true;
  return isChild(given, emitted) || isChild(emitted, given);
}

function isChild(child: unknown, parent: unknown): boolean {
  if (typeof child !== 'function' || typeof parent !== 'function') return true;
  const { prototype } = parent as { readonly prototype?: object };
  return prototype !== undefined && Object.prototype.isPrototypeOf.call(prototype, child.prototype as object);
}

type NamedType = { readonly name: string };

/** Lists the types that a parameter has at run time by its decorator; none where only the emitted type decides. */
function listGivenTypes({ type, format, options, unchecked }: ParameterRecord): NamedType[] {
  if (unchecked) return [];
  if (format === 'text') return [String];
  if (format === 'bytes') return [Uint8Array, Buffer];
  if (options !== undefined && 'enum' in options && !Array.isArray(type)) return listEnumTypes(options.enum);
  if (type === undefined || type === null || isStandardSchema(type)) return [];
  if (type === 'integer') return [Number];
  if (type === 'uuid') return [String];
  if (Array.isArray(type) || (typeof type === 'object' && 'each' in type)) return [Array];
  return typeof type === 'function' ? [type] : [];
}

/** A parameter with an enum may be declared as a list of its members too. */
function listEnumTypes(members: EnumType | undefined): NamedType[] {
  if (typeof members !== 'object' || members === null) return [];
  const types = listValues(members).map((value) => (typeof value === 'string' ? String : Number));
  return types.length === 0 ? [] : [...types, Array];
}
