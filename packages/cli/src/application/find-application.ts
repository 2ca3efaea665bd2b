import { existsSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error';
import type { Project } from './project';

/** The files that are looked for if neither the command nor package.json names one. */
const USUAL = ['src/main.ts', 'src/main.mts', 'src/main.js', 'dist/main.js', 'dist/main.mjs'];
const CURE =
  'Name the module that makes your application, or starts it: as the argument (sluice routes src/main.ts), or in package.json: "sluice": { "app": "src/main.ts" }.';
const PROGRAM_CURE = 'Name the module that listens: sluice dev src/server.ts';

/**
 * Finds the module of the application: the one given, else the one that package.json names, else a usual one.
 * Paths are relative to `from` for the argument, and to the project for the others.
 *
 * @throws CliError if it is not there
 */
export function findApplication(project: Project, given: string | undefined, from: string): string {
  const { folder, manifest } = project;
  if (given !== undefined) return checkFile(from, given, 'The argument names', CURE);
  const named = manifest.sluice?.app;
  if (named !== undefined) return checkFile(folder, named, 'package.json names', CURE);
  return findUsual(folder, 'application', CURE);
}

/**
 * Finds the module that listens: the one given, else a usual one. The one that package.json names may not listen.
 *
 * @throws CliError if it is not there
 */
export function findProgram({ folder }: Project, given: string | undefined, from: string): string {
  if (given !== undefined) return checkFile(from, given, 'The argument names', PROGRAM_CURE);
  return findUsual(folder, 'program', PROGRAM_CURE);
}

function findUsual(folder: string, what: string, cure: string): string {
  const found = USUAL.map((name) => path.join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new CliError(`No ${what} was found in ${folder}. Looked for ${USUAL.join(', ')}.`, cure);
}

function checkFile(folder: string, name: string, who: string, cure: string): string {
  const file = path.resolve(folder, name);
  const found = statSync(file, { throwIfNoEntry: false });
  const isBuilt = /(?:^|[\\/])(?:dist|build|out)[\\/]/.test(name);
  const fault = findFileFault(found, name);
  if (fault === undefined) return file;
  throw new CliError(
    `${who} ${name}, which ${fault}.`,
    isBuilt ? 'Build the project first, or name the TypeScript module instead.' : cure,
  );
}

function findFileFault(found: Stats | undefined, name: string): string | undefined {
  if (found === undefined) return 'does not exist';
  if (!found.isFile()) return 'is not a file';
  return /\.[mc]?[jt]sx?$/.test(name) ? undefined : 'is not a module of JavaScript or TypeScript';
}
