import { readFileSync } from 'node:fs';
import type { ConfigurationProblem } from '@sluice/core';
import type { ConfigOptions, Variables } from './config-options';

/** The text of one setting, and the file that has it; undefined for the environment itself. */
export interface Variable {
  readonly text: string;
  readonly file?: string;
}

/** The variables of the settings, by the names of the settings. */
export interface ReadVariables {
  readonly set: ReadonlyMap<string, Variable>;
  /** The variables with the prefix that are not of any setting, without it. */
  readonly unread: readonly string[];
  /** Files that cannot be read, and the like. */
  readonly problems: readonly ConfigurationProblem[];
}

/**
 * Reads the variables of settings. One without text counts as not set: that is how a compose file or a shell passes on
 * a variable that is not.
 *
 * @param names the names of the settings; undefined if only a schema knows them, which then gets every variable
 */
export function readVariables(
  names: readonly string[] | undefined,
  secrets: ReadonlySet<string>,
  { prefix = '', files = false, env = process.env }: ConfigOptions,
): ReadVariables {
  const unread = new Set(listSet(env, prefix));
  const found = new Map<string, string>();
  for (const name of files ? secrets : []) {
    const file = `${name}_FILE`;
    if (names?.includes(file) !== true && unread.delete(file)) found.set(name, env[prefix + file]!);
  }
  const set = new Map<string, Variable>();
  const problems: ConfigurationProblem[] = [];
  for (const name of names ?? new Set([...unread, ...found.keys()])) {
    const isSet = unread.delete(name);
    const file = found.get(name);
    if (file === undefined && isSet) set.set(name, { text: env[prefix + name]! });
    else if (file !== undefined && isSet) problems.push(describeTwice(prefix + name));
    else if (file !== undefined) {
      const text = readText(prefix + name, file, problems);
      if (text !== undefined) set.set(name, { text, file });
    }
  }
  return { set, unread: [...unread], problems };
}

/** The names, without the prefix, of the variables that have it and a text. */
function listSet(env: Variables, prefix: string): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && name.length > prefix.length && env[name] !== '')
    .filter((name) => env[name] !== undefined)
    .map((name) => name.slice(prefix.length));
}

/** Returns the content without a last line break, which editors add; undefined if there is none. */
function readText(name: string, file: string, problems: ConfigurationProblem[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return text;
    problems.push(describeFile(name, 'is empty', `Write the secret into it, or remove ${name}_FILE.`));
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const cure = `Change ${name}_FILE, which has to be the path of a file, or the permissions of the file.`;
    problems.push(describeFile(name, `cannot be read: ${code}`, cure));
  }
  return undefined;
}

/** The path is not shown: it may be the secret itself, in the wrong variable. */
function describeFile(name: string, fault: string, cure: string): ConfigurationProblem {
  return { code: 'CONFIG_INVALID', place: name, fault: `The file that ${name}_FILE names ${fault}.`, cure };
}

function describeTwice(name: string): ConfigurationProblem {
  const fault = `Both ${name} and ${name}_FILE are set.`;
  return { code: 'CONFIG_INVALID', place: name, fault, cure: 'Remove one of them.' };
}
