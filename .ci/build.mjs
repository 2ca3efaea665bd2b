// Builds every package and sample, those whose sources have changed only (`npm run build`).
import './check-node.mjs';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './install.mjs';
import { runOrExit } from './run-command.mjs';

/** The folders of the packages, or of the samples, that have a tsconfig.json. */
export function findProjects(parent) {
  return readdirSync(path.join(ROOT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)
    .filter((folder) => existsSync(path.join(ROOT, folder, 'tsconfig.json')))
    .sort();
}

export async function build() {
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const projects = [...findProjects('packages'), ...findProjects('samples')];
  await runOrExit('The build', process.execPath, [tsc, '--build', ...projects], { cwd: ROOT });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
