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
      if (text !== '') set.set(name, { text, file });
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

/** Returns the content without a last line break, which editors add; empty if the file cannot be read. */
function readText(name: string, file: string, problems: ConfigurationProblem[]): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    problems.push({
      code: 'CONFIG_INVALID',
      place: name,
      fault: `The file ${file}, which ${name}_FILE names, cannot be read: ${code}.`,
      cure: `Change ${name}_FILE, or the permissions of the file.`,
    });
    return '';
  }
}

function describeTwice(name: string): ConfigurationProblem {
  const fault = `Both ${name} and ${name}_FILE are set.`;
  return { code: 'CONFIG_INVALID', place: name, fault, cure: 'Remove one of them.' };
}
