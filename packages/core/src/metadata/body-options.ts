import { checkOptions, isOneOfOption, type OptionRules } from '../configuration/check-options';
import { isStandardSchema, type StandardSchema } from '../validation/standard-schema';
import type { Class } from '../http/class';
import { parseGivenType } from './parameter-options';
import type { BodyFormat, ParameterRecord } from './records';
import type { EachOf, ValidationOptions } from '../validation/validation-target';

/** How a body is checked. */
export interface BodyOptions extends ValidationOptions, Partial<EachOf> {}

/** The arguments of `@Body`: a format, a class or a schema, then options; or options alone. */
export type BodyGiven =
  [options?: BodyOptions] | [target: BodyFormat | Class | StandardSchema | undefined, options?: BodyOptions];

/** The arguments of a decorator that takes a whole part of the request, in place of a name. */
export type PartGiven =
  [options?: ValidationOptions] | [target: Class | StandardSchema | undefined, options?: ValidationOptions];

/**
 * Turns the arguments of `@Body` into the fields of its record.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function parseBodyGiven(given: BodyGiven): Pick<ParameterRecord, 'type' | 'format' | 'validation'> {
  const [first, second] = given;
  if (isOptions(first)) return parseOptions(first);
  const options = second === undefined ? {} : parseOptions(second);
  if (typeof first === 'string') return { ...options, format: first };
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

const BODY_RULES: OptionRules = {
  each: isCheckable,
  groups: isGroups,
  unknownKeys: isOneOfOption('refuse', 'strip'),
};

function parseOptions(options: BodyOptions): Pick<ParameterRecord, 'type' | 'validation'> {
  checkOptions('@Body', options, BODY_RULES);
  const { each, ...validation } = options;
  return { validation, ...(each !== undefined && { type: Object.freeze({ each }) }) };
}
