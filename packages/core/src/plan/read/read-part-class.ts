import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { findNearest, readChain } from '../../metadata/class-chain';
import type { ParameterRecord } from '../../metadata/records';
import { readDesignType } from '../../metadata/store';
import {
  isMadeByTransform,
  readPropertyType,
  readRules,
  type RuleRecord,
} from '../../validation/class-rules';
import type { TextCoercion, TextProperty } from '../../validation/text-types';
import { listValues, readCoercion } from './read-coercion';

/** Reads the properties of a class that have rules, and how each is made of the texts of a part or a form. */
export function readPartClass(
  type: Class,
  kind: ParameterRecord['kind'],
  place: string,
  problems: Problems,
): readonly TextProperty[] {
  const rules = readRules(type);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const properties = names.map((property): TextProperty => {
    const name = kind === 'header' ? formatHeaderName(property) : property;
    if (isMadeByTransform(type, property)) return Object.freeze({ property, name });
    const own = rules.filter(({ propertyName }) => propertyName === property);
    const coercion = readPropertyCoercion(type, property, own);
    const fault = findFault(coercion, kind, `${type.name}.${property}`);
    if (fault === undefined) return Object.freeze({ property, name, coercion: coercion as TextCoercion });
    problems.addFault('PARAMETER_TYPE_UNKNOWN', place, fault);
    return Object.freeze({ property, name });
  });
  return Object.freeze(properties);
}

/** `userAgent` becomes `user-agent`. */
function formatHeaderName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The type in `@Type` counts first, then the type that the compiler emitted, then the one that the rules allow. */
function readPropertyCoercion(
  type: Class,
  property: string,
  rules: readonly RuleRecord[],
): TextCoercion | string {
  const emitted = findNearest(readChain(type), ({ prototype }) => readDesignType(prototype, property));
  const isList = emitted === Array || rules.some(({ each, name }) => each || LIST_RULES.has(name ?? ''));
  const isUseful = !isList && emitted !== Object;
  const item = readPropertyType(type, property) ?? (isUseful ? emitted : undefined) ?? findRuledType(rules);
  if (!isList) return readCoercion(item);
  return readCoercion(item === undefined ? Array : [item]);
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
  ].map((name) => [name, String] as const),
  ['isBoolean', Boolean],
]);

/** The kinds in which a name may be repeated. `@Body('form')` is a form too. */
const REPEATABLE: ReadonlySet<ParameterRecord['kind']> = new Set(['query', 'form', 'body']);

function findFault(
  coercion: TextCoercion | string,
  kind: ParameterRecord['kind'],
  property: string,
): Fault | undefined {
  if (coercion === 'Array') {
    return {
      fault: `${property} is a list, but the type of its items is unknown.`,
      cure: 'Add @Type(() => String) from class-transformer to it, or Number, Date …',
    };
  }
  if (typeof coercion === 'string') {
    return {
      fault: `${property} is made of text, which cannot become ${coercion}.`,
      cure: 'Use string, number, boolean, bigint or Date, or make the value with @Transform from class-transformer.',
    };
  }
  if (coercion.list && !REPEATABLE.has(kind)) {
    return {
      fault: `${property} is declared as a list, but a ${kind} has a single value.`,
      cure: 'Use string, or make the list with @Transform from class-transformer.',
    };
  }
  return undefined;
}
