import { checkOptions, isBooleanOption, type OptionRule } from '../../configuration/check-options';
import type { StandardSchema } from '../../validation/standard-schema';
import type { Class } from '../../http/class';
import { writeRecord } from '../write-record';

/** How replies are kept to their type. */
export interface ReturnsOptions<T = unknown> {
  /** Only these of the type's fields leave. */
  readonly include?: readonly (keyof T & string)[];
  /** These of the type's fields do not leave. */
  readonly exclude?: readonly (keyof T & string)[];
  /** Leaves out fields that are undefined, as JSON does; false: they are sent as null. Default true. */
  readonly omitUndefined?: boolean;
  /** Leaves out fields that are null, nested ones too; default false. */
  readonly omitNull?: boolean;
  /** The reply is a list of the type; the same as giving the type in brackets. Default false. */
  readonly each?: boolean;
  /** Checks replies by the rules of the class: one that breaks them is a 500. Default: in development only. */
  readonly validate?: boolean;
}

/** A class with class-validator rules, a list of one in brackets, or a Standard Schema. */
export type ReplyType<T = unknown> = Class<T> | readonly [Class<T>] | StandardSchema<T>;

/** What `@Returns` was given. */
export interface ReturnsRecord {
  readonly type: ReplyType;
  readonly options: ReturnsOptions<Record<string, unknown>>;
}

const isNames: OptionRule = (value) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')
    ? undefined
    : 'must be a list of names';

/** A field that a misspelt option does not keep back would leave. */
const RULES = {
  include: isNames,
  exclude: isNames,
  omitUndefined: isBooleanOption,
  omitNull: isBooleanOption,
  each: isBooleanOption,
  validate: isBooleanOption,
};

/**
 * Keeps what a route returns to a type: of a class only the fields that have a rule leave, nested ones by `@Type`;
 * of a Standard Schema its output. It holds for what is returned, for `json()` and `created()`, and for each item of
 * `jsonLines()` and of event streams; not for errors and replies that are no JSON.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Get('/:id') @Returns(PublicUser) show(@Param('id') id: number) { return this.users.find(id); }
 */
export function Returns<T>(type: ReplyType<T>, options: ReturnsOptions<T> = {}): MethodDecorator {
  checkOptions('@Returns', options, RULES);
  return (prototype, property) => writeRecord('returns', { type, options }, prototype, property);
}
