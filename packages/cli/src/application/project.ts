import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isTable } from '@sluice/core/kit';
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
  const file = findManifest(path.resolve(from));
  if (file !== undefined) return { folder: path.dirname(file), manifest: readManifest(file) };
  throw new CliError(
    `There is no package.json in ${path.resolve(from)} or above it.`,
    'Run the command in the folder of your project, or make one with: npm create sluice@latest my-app',
  );
}

/** The manifest of a project, and those of the folders above it, as of a workspace that it belongs to. */
export function listManifests({ folder, manifest }: Project): Manifest[] {
  const above = path.dirname(folder);
  const file = above === folder ? undefined : findManifest(above);
  if (file === undefined) return [manifest];
  const outer = parseManifest(file);
  // One that is broken is not the project's own.
  return [
    manifest,
    ...(isTable(outer) ? listManifests({ folder: path.dirname(file), manifest: outer }) : []),
  ];
}

/** The package.json of a folder, or the nearest one above it. */
function findManifest(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}

function readManifest(file: string): Manifest {
  const manifest = parseManifest(file);
  const fault = findFault(manifest);
  if (fault === undefined) return manifest as Manifest;
  throw new CliError(`${file} ${fault}`, 'Correct the file.');
}

function parseManifest(file: string): unknown {
  try {
    // Some editors of Windows write a byte order mark, which npm takes.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return error;
  }
}

function findFault(manifest: unknown): string | undefined {
  if (manifest instanceof Error) return `is not JSON: ${manifest.message}`;
  if (!isTable(manifest)) return 'is not an object.';
  const { sluice } = manifest;
  if (sluice === undefined) return undefined;
  const isRight = isTable(sluice) && ['undefined', 'string'].includes(typeof sluice['app']);
  return isRight
    ? undefined
    : 'must have the path of a module in sluice: "sluice": { "app": "src/main.ts" }.';
}
