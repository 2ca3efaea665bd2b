import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  type OptionRule,
} from '../../configuration/check-options';
import { ConfigurationError, type Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import {
  makeTextParser,
  TEXT_TYPE_WORDS,
  type TextCoercion,
  type TextTypeName,
} from '../../validation/text-types';
import type { TextArgument } from '../arguments';
import type { EnumType } from '../../metadata/parameter-options';
import type { ParameterRecord } from '../../metadata/records';

const TEXT_KINDS: readonly ParameterRecord['kind'][] = ['param', 'query', 'header', 'cookie', 'field'];

/** Answers whether the parameter is one text of the request, or a list of them. */
export function isText({ kind, whole }: ParameterRecord): boolean {
  return TEXT_KINDS.includes(kind) && whole !== true;
}

/** Reads what is said of a path parameter, a query name, a header, a cookie or a form's field. */
export function readTextArgument(
  record: ParameterRecord,
  type: unknown,
  place: string,
  problems: Problems,
): TextArgument {
  const { kind, options = {} } = record;
  const before = problems.count;
  checkParameterOptions(record, place, problems);
  const asText: TextArgument = { coercion: 'text' };
  if (problems.count > before) return asText;
  const coercion = readCoercion(type, options.enum);
  if (typeof coercion === 'string') {
    const problem = describeType(record, coercion);
    problems.addFault('PARAMETER_TYPE_UNKNOWN', place, problem);
    return asText;
  }
  if (coercion.list && kind !== 'query' && kind !== 'field') {
    problems.addFault('PARAMETER_TYPE_UNKNOWN', place, describeList(record));
    return asText;
  }
  const fault = findDefaultFault(options.default, coercion);
  if (fault !== undefined) problems.include(invalidOption(place, 'default', fault));
  return {
    ...coercion,
    ...(options.required === true && { required: true }),
    ...(options.default !== undefined && { default: formatDefault(options.default) }),
  };
}

const isEnum: OptionRule = (value) =>
  typeof value === 'object' && value !== null && listValues(value as EnumType).length > 0
    ? undefined
    : 'must be an enum or a list of texts, with at least one value';

const PATH_RULES = { enum: isEnum };
const TEXT_RULES = { ...PATH_RULES, default: () => undefined, required: isBooleanOption };

function checkParameterOptions(
  { kind, options = {} }: ParameterRecord,
  place: string,
  problems: Problems,
): void {
  try {
    checkOptions(kind, options, kind === 'param' ? PATH_RULES : TEXT_RULES);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.include(...error.problems.map((problem) => ({ ...problem, place })));
  }
  if ('enum' in options && options.enum === undefined) {
    const fault = 'The enum given in the decorator is undefined: two files import one another.';
    const cure = 'Break the circle between the files.';
    problems.add('PARAMETER_TYPE_UNKNOWN', place, fault, cure);
  }
  if (options.required === true && options.default !== undefined)
    problems.include(invalidOption(place, 'required', 'can not be true where there is a default'));
}

/** The coercion of a type; what it is called where nothing can be made into it. */
export function readCoercion(type: unknown, members?: EnumType): TextCoercion | string {
  const isList = type === Array || Array.isArray(type);
  const list = isList && { list: true as const };
  if (members !== undefined) return { coercion: 'enum', ...list, values: Object.freeze(listValues(members)) };
  if (type === Array) return 'Array';
  if (Array.isArray(type) && type.length !== 1) return 'a list of several types';
  const item: unknown = Array.isArray(type) ? type[0] : type;
  const coercion = COERCIONS.get(item);
  if (coercion !== undefined && !(isList && item === undefined)) return { coercion, ...list };
  return typeof item === 'function' ? item.name || 'a class without a name' : String(item);
}

/** `Object` is what the compiler emits for `unknown` and for unions. */
const COERCIONS: ReadonlyMap<unknown, TextTypeName> = new Map<unknown, TextTypeName>([
  [undefined, 'text'],
  [Object, 'text'],
  [String, 'text'],
  [Number, 'number'],
  ['integer', 'integer'],
  [BigInt, 'bigint'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  ['uuid', 'uuid'],
]);

/** The values of an enum; the names that TypeScript adds for the numbers of a numeric one are none. */
export function listValues(members: EnumType): readonly (string | number)[] {
  if (Array.isArray(members)) return [...(members as readonly string[])];
  const table = members as Readonly<Record<string, string | number>>;
  return Object.keys(table)
    .filter((key) => typeof table[table[key]!] !== 'number')
    .map((key) => table[key]!);
}

function findDefaultFault(value: unknown, { list, ...coercion }: TextCoercion): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) !== (list === true)) return list ? 'must be a list' : 'must not be a list';
  const isOne = (item: unknown): boolean => {
    const parsed = makeTextParser(coercion)(formatText(item));
    return item instanceof Date ? parsed instanceof Date : parsed === item;
  };
  const isRight = (list ? (value as unknown[]) : [value]).every(isOne);
  if (isRight) return undefined;
  return `must be ${list ? 'a list, and each item of it ' : ''}${TEXT_TYPE_WORDS[coercion.coercion]}`;
}

function formatDefault(value: unknown): string | readonly string[] {
  return Array.isArray(value) ? Object.freeze(value.map(formatText)) : formatText(value);
}

function formatText(value: unknown): string {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value);
}

function describeType({ kind, name }: ParameterRecord, type: string): Fault {
  if (type === 'Array') {
    const fault = `Of the type of the list '${name}' the compiler leaves only Array, so nothing says what is in it.`;
    return {
      fault,
      cure: `Say it: @${kind === 'field' ? 'Form' : 'Query'}('${name}', [String]), [Number], [Date] …`,
    };
  }
  const fault = `The ${kind} '${name}' is text, and text is not made into ${type}.`;
  const cure =
    "Take a string, number, boolean, bigint, Date, 'integer', 'uuid' or an enum (of a query or form also a list of them), or write a createParameterDecorator.";
  return { fault, cure };
}

function describeList({ kind, name }: ParameterRecord): Fault {
  const fault = `The ${kind} '${name}' is one text, and a list is made of the values of a repeated name in a query or form.`;
  return {
    fault,
    cure: 'Take it as a string, and take it apart in the handler or in a createParameterDecorator.',
  };
}
