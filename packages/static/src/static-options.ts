import { realpathSync, statSync } from 'node:fs';
import { ConfigurationError } from '@sluice/core';
import { checkOptions, invalidOption, isIntegerOption, type OptionRule } from '@sluice/core/kit';
import { isPlainName } from './canonical-path';
import { EXTENSIONS, type PrecompressedCoding } from './coding';

/** Options of `staticFiles`. */
export interface StaticOptions {
  /** The folder of the files. A relative one is relative to the working directory of the process. */
  readonly root: string;
  /** The path in front of the files: with `'/assets'` the file `a.css` is `/assets/a.css`. Default: none. */
  readonly prefix?: string;
  /** The name of the file that is the page of its folder, or false for none. Default: `'index.html'`. */
  readonly index?: string | false;
  /** The file that a browser gets for a page that no file is: `'index.html'` of a single-page application. */
  readonly fallback?: string;
  /** Seconds for which browsers and caches use a file without asking. Default: they always ask (`no-cache`). */
  readonly maxAge?: number;
  /** Files that never change under their name, tested by their path below the root: `/^assets\//`. They are kept for a year. */
  readonly immutable?: RegExp;
  /** The codings in which files may lie beside their originals (`app.js.br`), in the order of preference. Default: none. */
  readonly precompressed?: readonly PrecompressedCoding[];
  /** The bytes of memory for the contents of small files. 0 keeps none. Default: 32 MiB. */
  readonly memory?: number;
  /** The size in bytes up to which a file is small. Default: 64 KiB. */
  readonly memoryFileSize?: number;
}

/** The options, checked and complete. */
export interface StaticSettings {
  /** The real path of the root. */
  readonly root: string;
  readonly prefix: string;
  readonly index: string | undefined;
  readonly fallback: string | undefined;
  readonly maxAge: number | undefined;
  readonly immutable: RegExp | undefined;
  readonly precompressed: readonly PrecompressedCoding[];
  readonly memory: number;
  readonly memoryFileSize: number;
}

const isFileName: OptionRule = (value) =>
  typeof value === 'string' && isPlainName(value)
    ? undefined
    : 'must be the name of a file, without a folder';

const RULES = {
  root: {
    required: (value: unknown) =>
      typeof value === 'string' && value !== '' ? undefined : 'must be the path of a folder',
  },
  prefix: findPrefixFault,
  index: (value: unknown) => (value === false ? undefined : isFileName(value)),
  fallback: isFileName,
  maxAge: isIntegerOption(0, 2 ** 31),
  immutable: findPatternFault,
  precompressed: findCodingsFault,
  memory: isIntegerOption(0),
  memoryFileSize: isIntegerOption(0),
};

/**
 * Checks the options and finds the root.
 *
 * @throws ConfigurationError when an option is unknown or invalid, and when the root is not a folder
 */
export function readSettings(options: StaticOptions): StaticSettings {
  checkOptions('staticFiles', options, RULES);
  const { prefix = '', index = 'index.html', fallback, maxAge, immutable, precompressed = [] } = options;
  const { memory = 32 * 1024 * 1024, memoryFileSize = 64 * 1024 } = options;
  return Object.freeze({
    root: findRoot(options.root),
    prefix,
    index: index === false ? undefined : index,
    fallback,
    maxAge,
    immutable,
    precompressed,
    memory,
    memoryFileSize,
  });
}

function findRoot(root: string): string {
  try {
    const real = realpathSync.native(root);
    if (statSync(real).isDirectory()) return real;
  } catch {
    // The problem below says all that a reader needs.
  }
  throw new ConfigurationError([
    invalidOption('staticFiles()', 'root', `is not a folder that can be read: ${JSON.stringify(root)}`, true),
  ]);
}

function findPrefixFault(value: unknown): string | undefined {
  const isPath = typeof value === 'string' && /^(?:\/[\w~!$&'()*+,;=@-][\w.~!$&'()*+,;=@-]*)*$/.test(value);
  return isPath ? undefined : "must be a path without a slash at its end: '/assets'";
}

function findPatternFault(value: unknown): string | undefined {
  if (!(value instanceof RegExp)) return 'must be a regular expression: /^assets\\//';
  return value.global || value.sticky
    ? 'must not have the flag g or y, which remember the last match'
    : undefined;
}

function findCodingsFault(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.every((coding) => Object.hasOwn(EXTENSIONS, String(coding)));
  if (!isList) return `must be a list of ${Object.keys(EXTENSIONS).join(', ')}`;
  return new Set(value).size === value.length ? undefined : 'must not name a coding twice';
}
