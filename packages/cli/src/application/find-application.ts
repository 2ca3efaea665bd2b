import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error';
import type { Project } from './project';

/** The files that are looked for if neither the command nor package.json names one. */
const USUAL = ['src/main.ts', 'src/main.mts', 'src/main.js', 'dist/main.js', 'dist/main.mjs'];
const CURE =
  'Name the module that makes your application, or starts it: as the argument (sluice routes src/main.ts), or in package.json: "sluice": { "app": "src/main.ts" }.';

/**
 * Finds the module of the application: the one given, else the one that package.json names, else a usual one.
 * Paths are relative to `from` for the argument, and to the project for the others.
 *
 * @throws CliError if it is not there
 */
export function findApplication(project: Project, given: string | undefined, from: string): string {
  const { folder, manifest } = project;
  if (given !== undefined) return checkFile(path.resolve(from, given), given, 'The argument names');
  const named = manifest.sluice?.app;
  if (named !== undefined) return checkFile(path.resolve(folder, named), named, 'package.json names');
  return findUsual(folder, 'application', CURE);
}

/**
 * Finds the module that listens: the one given, else a usual one. The one that package.json names may not listen.
 *
 * @throws CliError if it is not there
 */
export function findProgram({ folder }: Project, given: string | undefined, from: string): string {
  if (given !== undefined) return checkFile(path.resolve(from, given), given, 'The argument names');
  return findUsual(folder, 'program', 'Name the module that listens: sluice dev src/server.ts');
}

function findUsual(folder: string, what: string, cure: string): string {
  const found = USUAL.map((name) => path.join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new CliError(`No ${what} was found in ${folder}. Looked for ${USUAL.join(', ')}.`, cure);
}

function checkFile(file: string, name: string, who: string): string {
  if (existsSync(file) && statSync(file).isFile()) return file;
  const isBuilt = /(?:^|[\\/])(?:dist|build|out)[\\/]/.test(name);
  throw new CliError(
    `${who} ${name}, and there is no such file.`,
    isBuilt ? 'Build the project first, or name the TypeScript module instead.' : CURE,
  );
}
