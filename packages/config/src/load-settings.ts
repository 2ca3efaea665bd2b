import {
  ConfigurationError,
  HttpError,
  isPromise,
  type Class,
  type ConfigurationProblem,
  type MaybePromise,
  type StandardSchema,
} from '@sluice/core';
import { compileValidator, isTable } from '@sluice/core/kit';
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
  const { prefix = '', refuseUnknown = false } = options;
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
  const validate = compileValidator(type, {}, properties);
  return check(() => validate(plain, 'query'), {
    place,
    prefix,
    refuseUnknown,
    settings,
    secrets,
    variables,
  });
}

function loadSchema(options: AnyOptions): MaybePromise<object> {
  const { schema, prefix = '', refuseUnknown = false } = options;
  const secrets = new Set<string>(options.secrets);
  const variables = readVariables(undefined, secrets, options);
  const plain = Object.fromEntries([...variables.set].map(([name, { text }]) => [name, text]));
  const validate = compileValidator(schema);
  return check(() => validate(plain, 'query'), {
    place: 'config()',
    prefix,
    refuseUnknown,
    settings: undefined,
    secrets,
    variables,
  });
}

/** Runs a check, and adds its faults to the problems that are known already. */
function check(validate: () => MaybePromise<unknown>, checked: Checked): MaybePromise<object> {
  let value: unknown;
  try {
    value = validate();
  } catch (error) {
    return refuse(error, checked);
  }
  if (!isPromise(value)) return accept(value, checked);
  return value.then(
    (settled) => accept(settled, checked),
    (error: unknown) => refuse(error, checked),
  );
}

function accept(value: unknown, checked: Checked): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigurationError([describeShape(checked)]);
  const { variables, settings } = checked;
  // A schema is asked for its names by its output.
  const unread =
    settings === undefined ? [...variables.set.keys()].filter((name) => !(name in value)) : variables.unread;
  const problems = [...variables.problems, ...describeUnread(unread, checked)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return seal(value, checked);
}

function refuse(error: unknown, checked: Checked): never {
  if (!(error instanceof HttpError) || error.errors === undefined) throw hideThrown(error, checked);
  const { variables, settings } = checked;
  const broken = new Set(variables.problems.map(({ place }) => place));
  const faults = describeFaults(error.errors, checked).filter(({ place }) => !broken.has(place));
  const unread = settings === undefined ? [] : variables.unread;
  throw new ConfigurationError([...variables.problems, ...faults, ...describeUnread(unread, checked)]);
}

function describeUnread(names: readonly string[], checked: Checked): ConfigurationProblem[] {
  return checked.refuseUnknown ? names.map((name) => describeUnknown(name, checked)) : [];
}

function seal(value: object, checked: Checked): object {
  const { settings, secrets } = checked;
  if (settings === undefined) {
    // A schema may freeze its output, and may give one object twice. A copy of an instance would lack its private fields.
    const own = isTable(value) || !Object.isExtensible(value) ? copy(value) : value;
    return sealSettings(own, secrets, (name) => describeOrigin(name, checked));
  }
  const names = new Map(settings.map(({ property, name }) => [property, name]));
  const secretProperties = settings.filter(({ isSecret }) => isSecret).map(({ property }) => property);
  return sealSettings(value, new Set(secretProperties), (property) =>
    describeOrigin(names.get(property) ?? property, checked),
  );
}

function copy(value: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
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
