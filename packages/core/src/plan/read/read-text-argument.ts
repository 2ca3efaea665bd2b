import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  type OptionRule,
  type OptionRules,
} from '../../configuration/check-options';
import { ConfigurationError, type Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { EnumType } from '../../metadata/parameter-options';
import type { ParameterRecord } from '../../metadata/records';
import { makeTextParser, TEXT_TYPE_WORDS, type TextCoercion } from '../../validation/text-types';
import type { TextArgument } from '../arguments';
import { findNameFault } from './find-name-fault';
import { listValues, readCoercion } from './read-coercion';

const TEXT_KINDS: readonly ParameterRecord['kind'][] = ['param', 'query', 'header', 'cookie', 'field'];

/** Answers whether the parameter is one text of the request, or a list of texts. */
export function isText({ kind, whole }: ParameterRecord): boolean {
  return TEXT_KINDS.includes(kind) && whole !== true;
}

/** Reads the type and the options of a path parameter, a query name, a header, a cookie or a field of a form. */
export function readTextArgument(
  record: ParameterRecord,
  type: unknown,
  place: string,
  problems: Problems,
): TextArgument {
  const { kind, options = {} } = record;
  const before = problems.count;
  const unknown = findNameFault(record);
  if (unknown !== undefined) problems.addFault('OPTION_INVALID', place, unknown);
  checkParameterOptions(record, place, problems);
  const asText: TextArgument = { coercion: 'text' };
  if (problems.count > before) return asText;
  const coercion = readCoercion(type, options.enum);
  if (typeof coercion === 'string') {
    problems.addFault('PARAMETER_TYPE_UNKNOWN', place, describeType(record, coercion));
    return asText;
  }
  if (coercion.list && kind !== 'query' && kind !== 'field') {
    problems.addFault('PARAMETER_TYPE_UNKNOWN', place, describeList(record));
    return asText;
  }
  const misfit = findEnumFault(record);
  if (misfit !== undefined) problems.include(invalidOption(place, 'enum', misfit));
  const fault = findDefaultFault(options.default, coercion);
  if (fault !== undefined) problems.include(invalidOption(place, 'default', fault));
  if (options.brackets === true && !coercion.list)
    problems.include(invalidOption(place, 'brackets', 'is for lists, and the type is not a list'));
  return {
    ...coercion,
    ...(options.brackets === true && { brackets: true }),
    ...(options.required === true && { required: true }),
    ...(options.default !== undefined && { default: formatDefault(options.default) }),
  };
}

const isEnum: OptionRule = (value) =>
  typeof value === 'object' && value !== null && listValues(value as EnumType).length > 0
    ? undefined
    : 'must be an enum or a list of strings, with at least one value';

const PATH_RULES = { enum: isEnum };
const TEXT_RULES = { ...PATH_RULES, default: () => undefined, required: isBooleanOption };
const REPEATED_RULES = { ...TEXT_RULES, brackets: isBooleanOption };

function pickRules(kind: ParameterRecord['kind']): OptionRules {
  if (kind === 'query' || kind === 'field') return REPEATED_RULES;
  return kind === 'param' ? PATH_RULES : TEXT_RULES;
}

function checkParameterOptions(
  { kind, options = {} }: ParameterRecord,
  place: string,
  problems: Problems,
): void {
  try {
    checkOptions(kind, options, pickRules(kind));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.include(...error.problems.map((problem) => ({ ...problem, place })));
  }
  if ('enum' in options && options.enum === undefined) {
    const fault = 'The enum in the decorator is undefined, because two files import each other.';
    problems.add('PARAMETER_TYPE_UNKNOWN', place, fault, 'Remove the circular import.');
  }
  if (options.required === true && options.default !== undefined)
    problems.include(invalidOption(place, 'required', 'cannot be true together with a default'));
}

/** A type beside the values would be ignored, so it has to be theirs. */
function findEnumFault({ type, options = {} }: ParameterRecord): string | undefined {
  if (options.enum === undefined || type === undefined || type === null) return undefined;
  const coercion = readCoercion(type);
  if (typeof coercion === 'string') return `cannot be beside the type ${coercion}`;
  const parse = makeTextParser(coercion);
  if (listValues(options.enum).every((value) => parse(String(value)) === value)) return undefined;
  return `does not fit the type: each value must be ${TEXT_TYPE_WORDS[coercion.coercion]}`;
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
  return `must be ${list ? 'a list, and each item must be ' : ''}${TEXT_TYPE_WORDS[coercion.coercion]}`;
}

function formatDefault(value: unknown): string | readonly string[] {
  return Array.isArray(value) ? Object.freeze(value.map(formatText)) : formatText(value);
}

function formatText(value: unknown): string {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value);
}

function describeType({ kind, name }: ParameterRecord, type: string): Fault {
  if (type === 'Array') {
    const decorator = kind === 'field' ? '@Form' : '@Query';
    return {
      fault: `The compiler reduces the type of the list '${name}' to Array, so the type of its items is unknown.`,
      cure: `Pass the type of the items: ${decorator}('${name}', [String]), [Number], [Date] …`,
    };
  }
  return {
    fault: `The ${kind} '${name}' is text, which cannot become ${type}.`,
    cure: "Use string, number, boolean, bigint, Date, 'integer', 'uuid' or an enum (in a query or form also a list of them), or write a decorator with createParameterDecorator.",
  };
}

function describeList({ kind, name }: ParameterRecord): Fault {
  return {
    fault: `The ${kind} '${name}' is a single text. Only a name that is repeated in a query or form becomes a list.`,
    cure: 'Take it as a string, and split it in the handler or in a decorator made with createParameterDecorator.',
  };
}
