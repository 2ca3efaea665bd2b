import { ConfigurationError, type ConfigurationProblem } from './configuration-error';
import { Problems } from './problems';

/** Looks at one option's value; answers what is wrong with it (`must be …`), or nothing. */
export type OptionRule = (value: unknown) => string | undefined;

/** The rules of every option a factory knows, by name. An option is optional unless its rule is wrapped in `required`. */
export type OptionRules = Readonly<Record<string, OptionRule | { readonly required: OptionRule }>>;

/**
 * Checks the options given to a factory against its rules: unknown names, missing and unusable values.
 * `undefined` counts as not given.
 *
 * @param factory the factory's name, as the user writes it: `cors`
 * @throws ConfigurationError listing every problem, OPTION_UNKNOWN, OPTION_MISSING or OPTION_INVALID
 */
export function checkOptions(factory: string, options: unknown, rules: OptionRules): void {
  const place = `${factory}()`;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const cure = `Write ${factory}({ … }).`;
    throw new ConfigurationError([
      { code: 'OPTION_INVALID', place, fault: 'The options must be an object.', cure },
    ]);
  }
  const given = options as Record<string, unknown>;
  const problems = new Problems();
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) problems.include(unknownOption(place, name, Object.keys(rules)));
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined) {
      if (typeof rule !== 'function') problems.include(missingOption(place, name));
      continue;
    }
    const fault = typeof rule === 'function' ? rule(value) : rule.required(value);
    if (fault !== undefined) problems.include(invalidOption(place, name, fault));
  }
  problems.throwIfAny();
}

/** The problem of one option's value, for checks that look at several options together. */
export function invalidOption(place: string, name: string, fault: string): ConfigurationProblem {
  return {
    code: 'OPTION_INVALID',
    place,
    fault: `${name} ${fault}.`,
    cure: `Change ${name}, or leave it out.`,
  };
}

function missingOption(place: string, name: string): ConfigurationProblem {
  return {
    code: 'OPTION_MISSING',
    place,
    fault: `${name} is required.`,
    cure: `Add ${name} to the options.`,
  };
}

function unknownOption(place: string, name: string, known: readonly string[]): ConfigurationProblem {
  const near = known.find((candidate) => simplify(candidate) === simplify(name));
  const cure = near ? `Write ${near} instead.` : `Known options: ${known.join(', ')}.`;
  return { code: 'OPTION_UNKNOWN', place, fault: `There is no option ${JSON.stringify(name)}.`, cure };
}

/** The same for `allow_origins`, `AllowOrigin` and `allowOrigins`. */
function simplify(name: string): string {
  return name
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
    .replace(/s$/, '');
}

/** A rule: `true` or `false`. */
export const isBooleanOption: OptionRule = (value) =>
  typeof value === 'boolean' ? undefined : 'must be true or false';

/** A rule: a function. */
export const isFunctionOption: OptionRule = (value) =>
  typeof value === 'function' ? undefined : 'must be a function';

/** A rule: a whole number from `least` to `most`. */
export function isIntegerOption(least: number, most = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `must be a whole number ${range}`;
}

/** A rule: one of the given words. */
export function isOneOfOption(...words: readonly unknown[]): OptionRule {
  const list = words.map((word) => JSON.stringify(word)).join(', ');
  return (value) => (words.includes(value) ? undefined : `must be one of ${list}`);
}

/** Describes a function in the printable options of a middleware: by its name, if it has one. */
export function describeFunction({ name }: { readonly name: string }): string {
  return name === '' ? 'function' : `function ${name}`;
}
