import { checkOptions, isOneOfOption, type OptionRules } from '../configuration/check-options';
import { isStandardSchema, type StandardSchema } from '../validation/standard-schema';
import type { Class } from '../http/class';
import type { BodyFormat, ParameterRecord } from './records';
import type { EachOf, ValidationOptions } from '../validation/validation-target';

/** How a body is checked. */
export interface BodyOptions extends ValidationOptions, Partial<EachOf> {}

/** What `@Body` may be called with: a format, a class or a schema; then options, which may also stand alone. */
export type BodyGiven =
  [options?: BodyOptions] | [target: BodyFormat | Class | StandardSchema | undefined, options?: BodyOptions];

/** Reads what `@Body` was called with. Throws ConfigurationError for options that can not be. */
export function readBodyGiven(given: BodyGiven): Pick<ParameterRecord, 'type' | 'format' | 'validation'> {
  const [first, second] = given;
  if (isOptions(first)) return readOptions(first);
  const options = second === undefined ? {} : readOptions(second);
  if (typeof first === 'string') return { ...options, format: first };
  // A type that was written and is undefined is not the same as none: it is a circle between two files.
  return { ...options, type: given.length === 0 ? undefined : (first ?? null) };
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

function readOptions(options: BodyOptions): Pick<ParameterRecord, 'type' | 'validation'> {
  checkOptions('@Body', options, BODY_RULES);
  const { each, ...validation } = options;
  return { validation, ...(each !== undefined && { type: Object.freeze({ each }) }) };
}
