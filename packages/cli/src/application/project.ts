import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error';

/** The parts of a package.json that the commands read. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly sluice?: { readonly app?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A folder with a package.json. */
export interface Project {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Finds the project that a folder belongs to. Throws CliError if there is none. */
export function findProject(from: string): Project {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) return { folder, manifest: readManifest(file) };
    if (path.dirname(folder) === folder)
      throw new CliError(
        `There is no package.json in ${path.resolve(from)} or above it.`,
        'Run the command in the folder of your project, or make one with: npm create sluice@latest my-app',
      );
  }
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`, 'Correct the file.');
  }
}
