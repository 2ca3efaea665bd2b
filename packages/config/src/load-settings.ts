import {
  ConfigurationError,
  HttpError,
  isPromise,
  type Class,
  type ConfigurationProblem,
  type MaybePromise,
  type StandardSchema,
} from '@sluice/core';
import { compileValidator } from '@sluice/core/kit';
import type { ConfigOptions } from './config-options';
import { describeFaults, describeUnknown, type Checked } from './describe-faults';
import { hideThrown } from './hide-thrown';
import { readSettings } from './read-settings';
import { readVariables } from './read-variables';
import { sealSettings } from './seal-settings';

/** A class, or options with any schema. */
export type ConfigTarget = Class | AnyOptions;

interface AnyOptions extends ConfigOptions {
  readonly schema: StandardSchema;
  readonly secrets?: readonly string[];
  readonly token?: unknown;
}

/**
 * Reads, converts and checks the variables of a class or a schema.
 *
 * @returns a promise only if a rule or the schema is asynchronous
 * @throws ConfigurationError with every problem
 */
export function loadSettings(target: ConfigTarget, options: ConfigOptions): MaybePromise<object> {
  return typeof target === 'function' ? loadClass(target, options) : loadSchema(target);
}

function loadClass(type: Class, options: ConfigOptions): MaybePromise<object> {
  const place = `config(${type.name})`;
  const { properties, settings } = readSettings(type, place);
  const secrets = new Set(settings.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  const names = settings.map(({ name }) => name);
  const variables = readVariables(names, secrets, options);
  const plain = Object.create(null) as Record<string, unknown>;
  for (const { name, isList } of settings) {
    const text = variables.set.get(name)?.text;
    if (text !== undefined) plain[name] = isList ? splitList(text) : text;
  }
  const { prefix = '' } = options;
  const validate = compileValidator(type, {}, properties);
  const checked = { place, prefix, settings, secrets, variables };
  const secretProperties = new Set(
    settings.filter(({ isSecret }) => isSecret).map(({ property }) => property),
  );
  const nameOf = new Map(settings.map(({ property, name }) => [property, name]));
  return check(
    () => validate(plain, 'query'),
    checked,
    options,
    (value) =>
      sealSettings(value, secretProperties, (property) =>
        describeOrigin(nameOf.get(property) ?? property, checked),
      ),
  );
}

function loadSchema(options: AnyOptions): MaybePromise<object> {
  const { schema, prefix = '' } = options;
  const secrets = new Set<string>(options.secrets);
  const variables = readVariables(undefined, secrets, options);
  const plain = Object.fromEntries([...variables.set].map(([name, { text }]) => [name, text]));
  const checked = { place: 'config()', prefix, settings: undefined, secrets, variables };
  const validate = compileValidator(schema);
  return check(
    () => validate(plain, 'query'),
    checked,
    options,
    (output) => {
      // A schema may freeze its output, and may give one object twice.
      const own = Object.assign(Object.create(Object.getPrototypeOf(output) as object) as object, output);
      return sealSettings(own, secrets, (name) => describeOrigin(name, checked));
    },
  );
}

/** Runs a check, and adds its faults to the problems that are known already. */
function check(
  validate: () => MaybePromise<unknown>,
  checked: Checked,
  { refuseUnknown = false }: ConfigOptions,
  seal: (value: object) => object,
): MaybePromise<object> {
  const { variables, settings } = checked;
  const finish = (value: unknown): object => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ConfigurationError([describeShape(checked)]);
    // A schema is asked for its names by its output.
    const unread =
      settings === undefined
        ? [...variables.set.keys()].filter((name) => !(name in value))
        : variables.unread;
    const unknown = refuseUnknown ? unread.map((name) => describeUnknown(name, checked)) : [];
    throwIfAny([...variables.problems, ...unknown]);
    return seal(value);
  };
  const refuse = (error: unknown): never => {
    if (!(error instanceof HttpError) || error.errors === undefined) throw hideThrown(error, checked);
    const broken = new Set(variables.problems.map(({ place }) => place));
    const faults = describeFaults(error.errors, checked).filter(({ place }) => !broken.has(place));
    const unread = refuseUnknown && settings !== undefined ? variables.unread : [];
    throw new ConfigurationError([
      ...variables.problems,
      ...faults,
      ...unread.map((name) => describeUnknown(name, checked)),
    ]);
  };
  let value: unknown;
  try {
    value = validate();
  } catch (error) {
    return refuse(error);
  }
  return isPromise(value) ? value.then(finish, refuse) : finish(value);
}

function throwIfAny(problems: readonly ConfigurationProblem[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function describeOrigin(name: string, { prefix, variables }: Checked): { name: string; origin: string } {
  const variable = variables.set.get(name);
  return {
    name: prefix + name,
    origin: variable === undefined ? 'default' : (variable.file ?? 'environment'),
  };
}

function describeShape({ place }: Checked): ConfigurationProblem {
  const fault = 'The output of the schema is not an object.';
  return { code: 'OPTION_INVALID', place, fault, cure: 'Describe an object, with a key for each variable.' };
}

/** `a, b` and `a,b,` are the same list. */
function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
