import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isOneOfOption,
  type OptionRules,
} from '../configuration/check-options';
import { ConfigurationError } from '../configuration/configuration-error';
import { isStandardSchema, type StandardSchema } from '../validation/standard-schema';
import type { Class } from '../http/class';
import { parseGivenType } from './parameter-options';
import type { BodyFormat, ParameterRecord } from './records';
import type { EachOf, ValidationOptions } from '../validation/validation-target';

/** How a whole query is read and checked. */
export interface QueryOptions extends ValidationOptions {
  /** Also reads the values of lists whose name has brackets (`tags[]=a`), as axios sends them. Default false. */
  readonly brackets?: boolean | undefined;
}

/** How a form is read and checked. */
export interface FormOptions extends QueryOptions {
  /**
   * Default true. With false the handler receives the value as it comes, whatever the type of the parameter is; then no
   * class, schema or option about the check may be given.
   */
  readonly validate?: boolean | undefined;
  /** Default true. With false an empty body is not an error: the handler receives undefined. */
  readonly required?: boolean | undefined;
}

/** How a body is read and checked. `brackets` is for `@Body('form')`. */
export interface BodyOptions extends FormOptions, Partial<EachOf> {}

/** The arguments of `@Body`: a format, a class or a schema, then options; or options alone. */
export type BodyGiven =
  [options?: BodyOptions] | [target: BodyFormat | Class | StandardSchema | undefined, options?: BodyOptions];

/** The arguments of `@Form` without a name. */
export type FormGiven =
  [options?: FormOptions] | [target: Class | StandardSchema | undefined, options?: FormOptions];

/** The arguments of `@Query` without a name. */
export type QueryGiven =
  [options?: QueryOptions] | [target: Class | StandardSchema | undefined, options?: QueryOptions];

/** The arguments of a decorator that takes a whole part of the request, in place of a name. */
export type PartGiven =
  [options?: ValidationOptions] | [target: Class | StandardSchema | undefined, options?: ValidationOptions];

/** The fields of a record that say what is checked, and how. */
type CheckedFields = Pick<
  ParameterRecord,
  'type' | 'format' | 'validation' | 'unchecked' | 'optional' | 'brackets'
>;

/**
 * Turns the arguments of `@Body` into the fields of its record.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function parseBodyGiven(given: BodyGiven): CheckedFields {
  const fields = parseGiven('@Body', given, BODY_RULES);
  if (!fields.brackets || fields.format === 'form') return fields;
  const fault = "is for forms: write @Body('form', { brackets: true })";
  throw new ConfigurationError([invalidOption('@Body()', 'brackets', fault)]);
}

/**
 * Turns the arguments of `@Form` without a name into the fields of its record.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function parseFormGiven(given: FormGiven): CheckedFields {
  return parseGiven('@Form', given, FORM_RULES);
}

/**
 * Turns the arguments of a decorator such as `@Query` without a name into the fields of its record.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function parsePartGiven(decorator: string, given: PartGiven | QueryGiven): CheckedFields {
  return parseGiven(decorator, given, decorator === '@Query' ? QUERY_RULES : PART_RULES);
}

function parseGiven(decorator: string, given: BodyGiven, rules: OptionRules): CheckedFields {
  const [first, second] = given;
  if (isOptions(first)) return parseOptions(decorator, first, rules);
  const options = second === undefined ? {} : parseOptions(decorator, second, rules);
  if (typeof first === 'string') return { ...options, format: first };
  if (given.length > 0 && options.unchecked) throw makeUseless(decorator);
  return { ...options, type: parseGivenType(given) };
}

function isOptions(value: BodyGiven[0]): value is BodyOptions {
  return typeof value === 'object' && value !== null && !isStandardSchema(value);
}

const isGroups = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((group) => typeof group === 'string')
    ? undefined
    : 'must be a list of names';

const isCheckable = (value: unknown) =>
  typeof value === 'function' || isStandardSchema(value) ? undefined : 'must be a class or a Standard Schema';

const PART_RULES: OptionRules = { groups: isGroups, unknownKeys: isOneOfOption('refuse', 'strip') };
const QUERY_RULES: OptionRules = { ...PART_RULES, brackets: isBooleanOption };
const FORM_RULES: OptionRules = { ...QUERY_RULES, validate: isBooleanOption, required: isBooleanOption };
const BODY_RULES: OptionRules = { ...FORM_RULES, each: isCheckable };

function parseOptions(decorator: string, options: BodyOptions, rules: OptionRules): CheckedFields {
  checkOptions(decorator, options, rules);
  const { each, validate, required, brackets, ...validation } = options;
  const read = {
    ...(required === false && { optional: true as const }),
    ...(brackets === true && { brackets }),
  };
  if (validate === false) {
    const others = [each, ...Object.values(validation)];
    if (others.some((other) => other !== undefined)) throw makeUseless(decorator);
    return { unchecked: true, ...read };
  }
  return { validation, ...read, ...(each !== undefined && { type: Object.freeze({ each }) }) };
}

function makeUseless(decorator: string): ConfigurationError {
  const fault = 'cannot be false together with a class, a schema or an option about the check';
  return new ConfigurationError([invalidOption(`${decorator}()`, 'validate', fault)]);
}
