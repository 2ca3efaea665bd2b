import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
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
  const folders = names.map((name) => `./packages/${name}`);
  await npm(ROOT, 'pack', '--silent', '--pack-destination', project, ...folders);
  const tarballs = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  if (tarballs.length !== names.length) throw new Error(`Packed: ${tarballs.join(', ')}`);
  await npm(project, 'install', '--prefer-offline', ...tarballs.map((name) => `./${name}`));
}

/** Runs the npm that started this run, and not a wrapper or another version on the PATH. */
export function npm(cwd: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const started = process.env['npm_execpath'] ?? '';
  return started.endsWith('npm-cli.js')
    ? run(process.execPath, [started, ...args], { cwd })
    : run('npm', args, { cwd });
}
