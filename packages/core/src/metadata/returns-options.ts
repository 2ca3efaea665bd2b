import { checkOptions, isBooleanOption, type OptionRule } from '../configuration/check-options';
import type { Class } from '../http/class';
import type { StandardSchema } from '../validation/standard-schema';

/** How a reply is reduced to its type. */
export interface ReturnsOptions<T = unknown> {
  /** Sends only these fields of the type; default: all of them. */
  readonly include?: readonly (keyof T & string)[];
  /** Does not send these fields of the type; default: none. */
  readonly exclude?: readonly (keyof T & string)[];
  /** Leaves out fields that are undefined, as JSON does; with false they are sent as null. Default true. */
  readonly omitUndefined?: boolean;
  /** Leaves out fields that are null, nested ones as well; default false. */
  readonly omitNull?: boolean;
  /** The reply is a list of the type, as with the type in brackets. Default false. */
  readonly each?: boolean;
  /** Checks replies by the rules of the class, and answers 500 if one breaks them. Default: in development only. */
  readonly validate?: boolean;
}

/** A class with class-validator rules, a list of one in brackets, or a Standard Schema. */
export type ReplyType<T = unknown> = Class<T> | readonly [Class<T>] | StandardSchema<T>;

/** The arguments of `@Returns`. */
export interface ReturnsRecord {
  readonly type: ReplyType;
  readonly options: ReturnsOptions<Record<string, unknown>>;
}

const isNameList: OptionRule = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')
    ? undefined
    : 'must be a list of names';

const RULES = {
  include: isNameList,
  exclude: isNameList,
  omitUndefined: isBooleanOption,
  omitNull: isBooleanOption,
  each: isBooleanOption,
  validate: isBooleanOption,
};

/**
 * Checks the options when the class is defined: with a misspelt `exclude`, a field would be sent that must not be.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function checkReturnsOptions(options: object): void {
  checkOptions('@Returns', options, RULES);
}
