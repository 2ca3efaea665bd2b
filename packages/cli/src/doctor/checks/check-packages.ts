import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Manifest } from '../../application/project';
import type { Finding } from '../finding';

/** An installed package of Sluice, and the core that it gets. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** The real folder; undefined if it gets none. */
  readonly core: string | undefined;
}

/** Reads the packages of Sluice that a project depends on, and those that they depend on. */
export function readPackages(folder: string): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  visit(path.join(folder, 'package.json'), found, true);
  return [...found.values()];
}

interface Dependent extends Manifest {
  readonly version: string;
}

function visit(file: string, found: Map<string, InstalledPackage>, isOfUser = false): void {
  for (const name of listNames(readJson(file), isOfUser)) {
    const manifest = resolve(`${name}/package.json`, file);
    if (manifest === undefined || found.has(manifest)) continue;
    const core = name === '@sluice/core' ? manifest : resolve('@sluice/core/package.json', manifest);
    const { version } = readJson(manifest);
    found.set(manifest, { name, version, core: core && path.dirname(core) });
    visit(manifest, found);
  }
}

/** The core of a project may be a dependency of the workspace around it. */
function listNames(manifest: Dependent, isOfUser: boolean): string[] {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const lists = { ...dependencies, ...optionalDependencies };
  if (isOfUser) Object.assign(lists, { '@sluice/core': '' }, peerDependencies, devDependencies);
  return Object.keys(lists).filter((name) => name.startsWith('@sluice/'));
}

function readJson(file: string): Dependent {
  return JSON.parse(readFileSync(file, 'utf8')) as Dependent;
}

function resolve(wanted: string, from: string): string | undefined {
  try {
    return realpathSync(createRequire(from).resolve(wanted));
  } catch {
    return undefined;
  }
}

/** Pure. */
export function checkInstalled(packages: readonly InstalledPackage[]): Finding[] {
  if (!packages.some(({ name }) => name === '@sluice/core'))
    return [
      {
        code: 'CORE_MISSING',
        level: 'fault',
        text: 'The project has no @sluice/core that can be loaded.',
        cure: 'npm install @sluice/core',
      },
    ];
  return [checkCopies(packages), ...checkVersions(packages)];
}

function checkCopies(packages: readonly InstalledPackage[]): Finding {
  const copies = [...new Set(packages.flatMap(({ core }) => core ?? []))];
  if (copies.length <= 1)
    return { code: 'CORE_COPIES', level: 'fine', text: 'There is one copy of @sluice/core.' };
  return {
    code: 'CORE_COPIES',
    level: 'fault',
    text: `There are ${copies.length} copies of @sluice/core: ${copies.join(', ')}. Errors and instances of one are not those of the other.`,
    cure: 'Give all packages of Sluice one version, and run npm dedupe.',
  };
}

function checkVersions(packages: readonly InstalledPackage[]): Finding[] {
  const versions = [...new Set(packages.map(({ version }) => version))];
  if (versions.length <= 1) return [];
  const list = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    {
      code: 'VERSIONS',
      level: 'warning',
      text: `The packages of Sluice have different versions: ${list}.`,
      cure: 'Give them all the same version: they are released together.',
    },
  ];
}
