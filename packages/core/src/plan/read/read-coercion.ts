import type { EnumType } from '../../metadata/parameter-options';
import type { TextCoercion, TextTypeName } from '../../validation/text-types';

/** Finds how text becomes the type, or a member of the enum; the name of a type that text cannot become. */
export function readCoercion(type: unknown, members?: EnumType): TextCoercion | string {
  const isList = type === Array || Array.isArray(type);
  const list = isList && { list: true as const };
  if (members !== undefined) return { coercion: 'enum', ...list, values: Object.freeze(listValues(members)) };
  if (type === Array) return 'Array';
  if (Array.isArray(type) && type.length !== 1) return 'a list of several types';
  const item: unknown = Array.isArray(type) ? type[0] : type;
  const coercion = COERCIONS.get(item);
  if (coercion !== undefined) return { coercion, ...list };
  return typeof item === 'function' ? item.name || 'a class without a name' : String(item);
}

const COERCIONS: ReadonlyMap<unknown, TextTypeName> = new Map<unknown, TextTypeName>([
  [String, 'text'],
  [Number, 'number'],
  ['integer', 'integer'],
  [BigInt, 'bigint'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  ['uuid', 'uuid'],
]);

/** Lists the values of an enum, without the names that TypeScript adds to a numeric one. */
export function listValues(members: EnumType): readonly (string | number)[] {
  if (Array.isArray(members)) return [...(members as readonly string[])];
  const table = members as Readonly<Record<string, string | number>>;
  return Object.keys(table)
    .filter((key) => table[table[key]!] !== Number(key))
    .map((key) => table[key]!);
}
