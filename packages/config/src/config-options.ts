import {
  ConfigurationError,
  type ConfigurationProblem,
  type StandardSchema,
  type TypedToken,
} from '@sluice/core';
import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isListOption,
  isStandardSchema,
  isTextOption,
  type OptionRule,
  type OptionRules,
} from '@sluice/core/kit';

/** Variables of the environment by their names. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Options of `config` and `loadConfig` for a class. */
export interface ConfigOptions {
  /** The start of the name of each variable, which the property does not have: `APP_`. Default: none. */
  readonly prefix?: string;
  /** Refuses variables with the prefix that no setting has, because they are probably misspelled; needs `prefix`. Default: false. */
  readonly refuseUnknown?: boolean;
  /** Reads a secret from a file that another variable names: `SESSION_SECRET_FILE=/run/secrets/session`. Default: false. */
  readonly files?: boolean;
  /** The variables, for tests. Default: `process.env`, as it is at the time of the call or of `createApp`. */
  readonly env?: Variables;
}

/** Options of `loadConfig` for a Standard Schema. */
export interface SchemaOptions<Output> extends ConfigOptions {
  /** The schema of an object. Its input is text. */
  readonly schema: StandardSchema<Output>;
  /** The settings that are not printed. Default: none. */
  readonly secrets?: readonly (keyof Output & string)[];
}

/** Options of `config` for a Standard Schema. */
export interface TokenOptions<Wanted, Output extends Wanted> extends SchemaOptions<Output> {
  /** The token by which the settings are injected. */
  readonly token: TypedToken<Wanted>;
}

const isVariables: OptionRule = (value) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => one === undefined || typeof one === 'string')
    ? undefined
    : 'must be an object of texts';

const FOR_A_CLASS: OptionRules = {
  prefix: isTextOption,
  refuseUnknown: isBooleanOption,
  files: isBooleanOption,
  env: isVariables,
};

const isSchema: OptionRule = (value) =>
  isStandardSchema(value) ? undefined : 'must be a Standard Schema (zod, valibot, arktype …)';

const FOR_A_SCHEMA: OptionRules = { ...FOR_A_CLASS, schema: { required: isSchema }, secrets: isListOption };

/** Throws ConfigurationError for options that are unknown or invalid. */
export function checkConfigOptions(
  factory: 'config' | 'loadConfig',
  target: unknown,
  options: ConfigOptions,
): void {
  const isClass = typeof target === 'function' && target.prototype !== undefined;
  if (!isClass && (typeof target !== 'object' || target === null))
    throw new ConfigurationError([describeTarget(factory, target)]);
  const given = isClass ? options : target;
  const token: OptionRules = factory === 'config' ? { token: { required: () => undefined } } : {};
  checkOptions(factory, given, isClass ? FOR_A_CLASS : { ...FOR_A_SCHEMA, ...token });
  const { refuseUnknown, prefix } = given as ConfigOptions;
  if (refuseUnknown === true && prefix === undefined) {
    const fault = 'needs a prefix: without one, every variable of the system would be unknown';
    throw new ConfigurationError([invalidOption(`${factory}()`, 'refuseUnknown', fault)]);
  }
}

function describeTarget(place: string, target: unknown): ConfigurationProblem {
  const circle =
    target === undefined
      ? ' If you import the class, two files import each other: move it into a third.'
      : '';
  return {
    code: 'OPTION_INVALID',
    place: `${place}()`,
    fault: 'The first argument is neither a class nor an object with a schema.',
    cure: `Write ${place}(Settings), or ${place}({ schema, … }).${circle}`,
  };
}
