import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const ROOT = path.resolve(__dirname, '../..');

/** The names of the folders in `packages/`. */
export const PACKAGES: readonly string[] = readdirSync(path.join(ROOT, 'packages'))
  .filter((name) => existsSync(path.join(ROOT, 'packages', name, 'package.json')))
  .sort();

/** The name of the package in a folder; `npm create sluice` needs one without the scope. */
export function namePackage(folder: string): string {
  return folder === 'create-sluice' ? folder : `@sluice/${folder}`;
}

/** Packs packages as for publishing, and installs them into an empty folder. */
export async function installPackages(project: string, names = PACKAGES): Promise<void> {
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  const tarballs = await packPackages(project, names);
  await npm(project, 'install', '--prefer-offline', ...[...tarballs.values()].map((name) => `./${name}`));
}

/** Packs packages as for publishing. Returns the file that each has in the folder, by the name of the package. */
export async function packPackages(
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const sources = names.map((name) => `./packages/${name}`);
  await npm(ROOT, 'pack', '--silent', '--pack-destination', folder, ...sources);
  const tarballs = new Map(names.map((name) => [namePackage(name), nameTarball(name)]));
  for (const file of tarballs.values())
    if (!existsSync(path.join(folder, file))) throw new Error(`npm has not packed ${file}.`);
  return tarballs;
}

/** The name that npm gives to the packed package of a folder in `packages/`. */
function nameTarball(folder: string): string {
  const manifest = readFileSync(path.join(ROOT, 'packages', folder, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}

/** Runs the npm that started this run, and not a wrapper or another version on the PATH. */
export function npm(cwd: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const started = process.env['npm_execpath'] ?? '';
  return started.endsWith('npm-cli.js')
    ? run(process.execPath, [started, ...args], { cwd })
    : run('npm', args, { cwd });
}
