import { isBuiltin } from 'node:module';
import { CliError } from '../cli-error';

/** A name in the three forms that code has. */
export interface Names {
  /** `rate-limit`: of files, paths and packages. */
  readonly kebab: string;
  /** `rateLimit`: of functions. */
  readonly camel: string;
  /** `RateLimit`: of classes. */
  readonly pascal: string;
}

/** Reads a name, whichever form it has. Throws CliError. */
export function readNames(given: string): Names {
  const words = given
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_ ]/);
  if (!words.every((word) => /^[a-z0-9]+$/.test(word)) || !/^[a-z]/.test(words[0]!))
    throw new CliError(
      `${JSON.stringify(given)} is not a name: letters, digits and dashes, with a letter first.`,
      'Write it like rate-limit.',
    );
  const pascal = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return { kebab: words.join('-'), camel: pascal[0]!.toLowerCase() + pascal.slice(1), pascal };
}

/** The name without the word that the command adds: `notes-controller` is `notes`. Pure. */
export function dropEnding({ kebab }: Names, ending: string): Names {
  return kebab.endsWith(`-${ending}`) ? readNames(kebab.slice(0, -ending.length - 1)) : readNames(kebab);
}

/** Names that a module cannot declare, one of CommonJS included, and those that the new files declare or import. */
const TAKEN = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield
  exports require
  afterwards app client createApp expect it testApp`.split(/\s+/),
);

/** Checks that a function of the new files can have the name. Throws CliError. */
export function checkFunctionName({ camel }: Names): void {
  if (TAKEN.has(camel))
    throw new CliError(`${camel} cannot be the name of a function here.`, 'Choose another name.');
}

/** Checks that a package can have the name, and a file of it beside its index. Throws CliError. */
export function checkPackageName({ kebab }: Names): void {
  if (isBuiltin(kebab) || kebab === 'index')
    throw new CliError(
      `${kebab} cannot be the name of a package here${isBuiltin(kebab) ? ': Node has a module of this name' : ''}.`,
      'Choose another name.',
    );
}
