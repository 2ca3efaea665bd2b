import { ConfigurationError, type ConfigurationProblem, type Fault } from './configuration-error';
import { Problems } from './problems';

/** Checks the value of one option: returns what is wrong with it (`must be …`), or undefined. */
export type OptionRule = (value: unknown) => string | undefined;

/** The rules of a factory's options, by name. An option may be left out unless its rule is in `required`. */
export type OptionRules = Readonly<Record<string, OptionRule | { readonly required: OptionRule }>>;

/**
 * Checks the options of a factory. An option that is `undefined` counts as left out.
 *
 * @param factory the name that the user writes: `cors`
 * @param place where they are, if they are inside of an option: `csrf(), token`
 * @throws ConfigurationError with every problem: OPTION_UNKNOWN, OPTION_MISSING, OPTION_INVALID
 */
export function checkOptions(factory: string, options: unknown, rules: OptionRules, place?: string): void {
  const problems = findOptionProblems(factory, options, rules, place);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/**
 * Finds what `checkOptions` throws, for the options of decorators: the start of the application reports their mistakes
 * together, with their methods.
 *
 * @param place `Reports.nightly, @Cron()`; by default that of a factory
 */
export function findOptionProblems(
  factory: string,
  options: unknown,
  rules: OptionRules,
  place = `${factory}()`,
): readonly ConfigurationProblem[] {
  const problems = new Problems();
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const cure = place.endsWith(`${factory}()`) ? `Write ${factory}({ … }).` : 'Write { … }.';
    problems.add('OPTION_INVALID', place, 'The options must be an object.', cure);
    return problems.list();
  }
  const given = options as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name))
      problems.addFault('OPTION_UNKNOWN', place, describeUnknownOption(name, Object.keys(rules)));
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined) {
      if (typeof rule !== 'function')
        problems.add('OPTION_MISSING', place, `${name} is required.`, `Add ${name} to the options.`);
      continue;
    }
    const fault = typeof rule === 'function' ? rule(value) : rule.required(value);
    if (fault !== undefined) problems.include(invalidOption(place, name, fault, typeof rule !== 'function'));
  }
  return problems.list();
}

/** Makes the problem of one option, for checks that look at several options together. */
export function invalidOption(
  place: string,
  name: string,
  fault: string,
  isRequired = false,
): ConfigurationProblem {
  return {
    code: 'OPTION_INVALID',
    place,
    fault: `${name} ${fault}.`,
    cure: isRequired ? `Change ${name}.` : `Change ${name}, or leave it out.`,
  };
}

/** Describes an unknown option, with the known one that the user probably means. */
export function describeUnknownOption(name: string, known: readonly string[]): Fault {
  const near = known.find((candidate) => simplify(candidate) === simplify(name));
  return {
    fault: `There is no option ${JSON.stringify(name)}.`,
    cure: near ? `Write ${near} instead.` : `Known options: ${known.join(', ')}.`,
  };
}

/** Returns the same text for `allow_origins`, `AllowOrigin` and `allowOrigins`. */
function simplify(name: string): string {
  return name
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
    .replace(/s$/, '');
}

/** The rule of an option that is true or false. */
export const isBooleanOption: OptionRule = (value) =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

/** The rule of an option that is text, and not empty. */
export const isTextOption: OptionRule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be text';

/** The rule of an option that is a list. */
export const isListOption: OptionRule = (value) => (Array.isArray(value) ? undefined : 'must be a list');

/** The rule of an option that is a function. */
export const isFunctionOption: OptionRule = (value) =>
  typeof value === 'function' ? undefined : 'must be a function';

/** Makes the rule of an option that is an object with these methods, such as a logger. */
export function hasMethodsOption(...names: readonly string[]): OptionRule {
  const fault = `must have the ${names.length === 1 ? 'method' : 'methods'} ${names.join(', ')}`;
  return (value) =>
    names.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function')
      ? undefined
      : fault;
}

/** Makes the rule of an option that is a whole number from `least` to `most`. */
export function isIntegerOption(least: number, most = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be a whole number ${range}`;
}

/** Makes the rule of an option that is one of the given words. */
export function isOneOfOption(...words: readonly unknown[]): OptionRule {
  const list = words.map((word) => JSON.stringify(word)).join(', ');
  return (value) => (words.includes(value) ? undefined : `must be one of ${list}`);
}

/** Describes a function in the printable options of a middleware: by its name, if it has one. */
export function describeFunction({ name }: { readonly name: string }): string {
  return name === '' ? 'function' : `function ${name}`;
}
