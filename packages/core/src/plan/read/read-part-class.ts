import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { findNearest, readChain } from '../../metadata/class-chain';
import type { ParameterRecord } from '../../metadata/records';
import { readDesignType } from '../../metadata/store';
import { readRules, type RuleRecord } from '../../validation/classes/class-rules';
import { readConversion } from '../../validation/classes/conversion';
import { readNamedType } from '../../validation/classes/named-type';
import type { TextCoercion, TextProperty } from '../../validation/text-types';
import { describeLostProperty, isLostType } from './find-lost-type';
import { findNameFault } from './find-name-fault';
import { findPropertyConflict } from './find-type-conflict';
import type { TypeFault } from './find-type-fault';
import { formatHeaderName } from './format-header-name';
import { listValues, readCoercion } from './read-coercion';

/**
 * Reads the properties of a class that have rules, and how each is made of the texts of a part or a form.
 *
 * @param defaults an instance: where the compiler emitted no type, that of the default counts
 */
export function readPartClass(
  type: Class,
  kind: ParameterRecord['kind'],
  place: string,
  problems: Problems,
  groups?: readonly string[],
  defaults: Readonly<Record<string, unknown>> = {},
): readonly TextProperty[] {
  const rules = readRules(type);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const properties = names.flatMap((property): readonly TextProperty[] => {
    const { key, isAccepted, transforms } = readConversion(type, property, groups);
    if (!isAccepted) return [];
    const name = kind === 'header' ? nameHeader(property, key) : key;
    const unknown = findNameFault({ kind, name });
    if (unknown !== undefined) problems.addFault('OPTION_INVALID', place, unknown);
    if (transforms.length > 0) return [Object.freeze({ key, name })];
    const own = rules.filter(({ propertyName }) => propertyName === property);
    const types = readTypes(type, property, own, defaults[property]);
    const coercion = readPropertyCoercion(types);
    const fault =
      findTypeFault(types, type.name, property) ?? findTextFault(coercion, kind, `${type.name}.${property}`);
    if (fault === undefined) return [Object.freeze({ key, name, coercion: coercion as TextCoercion })];
    problems.addFault(fault.code, place, fault);
    return [Object.freeze({ key, name })];
  });
  return Object.freeze(properties);
}

/** The name in `@Expose` is that of the header. */
function nameHeader(property: string, key: string): string {
  return key === property ? formatHeaderName(property) : key.toLowerCase();
}

/** The types of a property. */
interface PropertyTypes {
  /** The type in `@Type`. */
  readonly given: unknown;
  readonly emitted: unknown;
  /** The type that a rule allows, where it allows values of one type only. */
  readonly ruled: unknown;
  readonly isList: boolean;
}

function readTypes(
  type: Class,
  property: string,
  rules: readonly RuleRecord[],
  initial: unknown,
): PropertyTypes {
  const emitted = findNearest(readChain(type), ({ prototype }) => readDesignType(prototype, property));
  const isList =
    emitted === Array ||
    emitted === Set ||
    Array.isArray(initial) ||
    rules.some(({ each, name }) => each || LIST_RULES.has(name ?? ''));
  const first: unknown = Array.isArray(initial) ? initial[0] : initial;
  const ruled = findRuledType(rules) ?? INITIAL_TYPES.find((one) => Object(first) instanceof one);
  return { given: readGivenType(type, property), emitted, ruled, isList };
}

const INITIAL_TYPES: readonly Class[] = [String, Number, Boolean, BigInt as unknown as Class, Date];

/** Reads the type in `@Type`; words instead of a type that texts cannot become. */
function readGivenType(type: Class, property: string): unknown {
  const named = readNamedType(type, property);
  if (named === undefined) return undefined;
  if (named.collection === Map) return 'a Map';
  return named.fixed ?? 'a type that each value chooses';
}

/** The type in `@Type` counts first, then the type that the compiler emitted, then the one that the rules allow. */
function readPropertyCoercion({ given, emitted, ruled, isList }: PropertyTypes): TextCoercion | string {
  const isUseful = !isList && !isLostType(emitted);
  const item = given ?? (isUseful ? emitted : undefined) ?? ruled;
  if (!isList) return readCoercion(item);
  return readCoercion(item === undefined ? Array : [item]);
}

/** Finds a type that the compiler lost, or one that contradicts `@Type`. For a list both name the items, or a rule does. */
function findTypeFault(
  { given, emitted, ruled, isList }: PropertyTypes,
  owner: string,
  property: string,
): TypeFault | undefined {
  if (isList) return undefined;
  const isLost = isLostType(given) && isLostType(emitted) && ruled === undefined;
  if (isLost) return { code: 'PARAMETER_TYPE_LOST', ...describeLostProperty(owner, property, emitted) };
  const conflict = findPropertyConflict(`${owner}.${property}`, given, emitted);
  return conflict && { code: 'PARAMETER_TYPE_CONFLICT', ...conflict };
}

const LIST_RULES: ReadonlySet<string> = new Set([
  'isArray',
  'arrayContains',
  'arrayNotContains',
  'arrayNotEmpty',
  'arrayMinSize',
  'arrayMaxSize',
  'arrayUnique',
]);

/** Finds the type that a rule allows, where it allows values of one type only. */
function findRuledType(rules: readonly RuleRecord[]): unknown {
  const types = rules.map(({ name = '', constraints }) => {
    if (name !== 'isEnum' && name !== 'isIn') return RULED_TYPES.get(name);
    const values = listValues(constraints?.[0] as Record<string, string | number>);
    return [String, Number].find((one) => values.every((value) => typeof value === one.name.toLowerCase()));
  });
  return types.find((one) => one !== undefined);
}

const RULED_TYPES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['isInt', 'isNumber', 'isPositive', 'isNegative', 'isDivisibleBy', 'min', 'max'].map(
    (name) => [name, Number] as const,
  ),
  ...['isDate', 'minDate', 'maxDate'].map((name) => [name, Date] as const),
  ...[
    'isString',
    'isLength',
    'minLength',
    'maxLength',
    'matches',
    'contains',
    'isUuid',
    'isEmail',
    'isUrl',
    'isAlpha',
    'isAlphanumeric',
    'isDateString',
    'isIso8601',
    'isNumberString',
    'isPhoneNumber',
    'isMongoId',
    'isIp',
  ].map((name) => [name, String] as const),
  ['isBoolean', Boolean],
]);

/** The kinds in which a name may be repeated. `@Body('form')` is a form too. */
const REPEATABLE: ReadonlySet<ParameterRecord['kind']> = new Set(['query', 'form', 'body']);

function findTextFault(
  coercion: TextCoercion | string,
  kind: ParameterRecord['kind'],
  property: string,
): TypeFault | undefined {
  if (coercion === 'Array') {
    return {
      code: 'PARAMETER_TYPE_UNKNOWN',
      fault: `${property} is a list, but the type of its items is unknown.`,
      cure: 'Add @Type(() => String) from class-transformer to it, or Number, Date …',
    };
  }
  if (typeof coercion === 'string') {
    return {
      code: 'PARAMETER_TYPE_UNKNOWN',
      fault: `${property} is made of text, which cannot become ${coercion}.`,
      cure: 'Use string, number, boolean, bigint or Date, or make the value with @Transform from class-transformer.',
    };
  }
  if (coercion.list && !REPEATABLE.has(kind)) {
    return {
      code: 'PARAMETER_TYPE_UNKNOWN',
      fault: `${property} is declared as a list, but a ${kind} has a single value.`,
      cure: 'Use string, or make the list with @Transform from class-transformer.',
    };
  }
  return undefined;
}
