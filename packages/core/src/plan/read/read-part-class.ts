import {
  isMadeByTransform,
  readPropertyType,
  readRules,
  type RuleRecord,
} from '../../validation/class-rules';
import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { TextCoercion, TextProperty } from '../../validation/text-types';
import type { Class } from '../../http/class';
import type { ParameterRecord } from '../../metadata/records';
import { readDesignType } from '../../metadata/store';
import { findNearest, readChain } from '../../metadata/class-chain';
import { listValues, readCoercion } from './read-text-argument';

/** The properties of a class that have rules, and how each is made of text. */
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
    const fault = findFault(coercion, kind);
    if (fault === undefined) return Object.freeze({ property, name, coercion: coercion as TextCoercion });
    const described = `${type.name}.${property} ${fault.fault}`;
    problems.add('PARAMETER_TYPE_UNKNOWN', place, described, fault.cure);
    return Object.freeze({ property, name });
  });
  return Object.freeze(properties);
}

/** `userAgent` reads `user-agent`. */
function formatHeaderName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** What `@Type` says counts first, then what the compiler emitted, then what the rules ask for. */
function readPropertyCoercion(
  type: Class,
  property: string,
  rules: readonly RuleRecord[],
): TextCoercion | string {
  const emitted = findNearest(readChain(type), ({ prototype }) => readDesignType(prototype, property));
  const isList = emitted === Array || rules.some(({ each, name }) => each || LIST_RULES.has(name ?? ''));
  const isSaid = !isList && emitted !== Object ? emitted : undefined;
  const item = readPropertyType(type, property) ?? isSaid ?? findRuledType(rules);
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

/** The type of values that a rule can let through, where it lets through those of one only. */
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

/** What may have one name several times. `@Body('form')` is a form, too. */
const REPEATABLE: ReadonlySet<ParameterRecord['kind']> = new Set(['query', 'form', 'body']);

function findFault(coercion: TextCoercion | string, kind: ParameterRecord['kind']): Fault | undefined {
  if (coercion === 'Array') {
    const fault = 'is a list, and nothing says what is in it.';
    return {
      fault,
      cure: 'Write @Type(() => String) of class-transformer beside its rules, or Number, Date …',
    };
  }
  if (typeof coercion === 'string') {
    const fault = `is made of text, and text is not made into ${coercion}.`;
    const cure =
      'Take a string, number, boolean, bigint or Date, or make it with @Transform of class-transformer.';
    return { fault, cure };
  }
  if (coercion.list && !REPEATABLE.has(kind)) {
    const fault = `is a list, and a ${kind} is one text.`;
    return { fault, cure: 'Take it as a string, or make the list with @Transform of class-transformer.' };
  }
  return undefined;
}
