// Builds every package and sample, those whose sources have changed only (`npm run build`).
// With `--clean` from nothing, so that no file of a source that is gone stays in dist.
import './check-node.mjs';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages } from './build-pages.mjs';
import { ROOT } from './install.mjs';
import { runCommand } from './run-command.mjs';

/** The folders of the packages, or of the samples, that have a tsconfig.json. */
export function findProjects(parent) {
  return readdirSync(path.join(ROOT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)
    .filter((folder) => existsSync(path.join(ROOT, folder, 'tsconfig.json')))
    .sort();
}

/** Runs `tsc --build`, then Vite for the pages of samples; returns the exit code and the output. */
export async function compile({ clean = false } = {}) {
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const samples = findProjects('samples');
  const projects = [...findProjects('packages'), ...samples];
  for (const folder of projects) {
    const dist = path.join(ROOT, folder, 'dist');
    if (clean) rmSync(dist, { recursive: true, force: true });
    // tsc would not write a dist again that was deleted, because its build information says that it is there.
    if (!existsSync(dist)) rmSync(path.join(ROOT, folder, 'tsconfig.tsbuildinfo'), { force: true });
  }
  const compiled = await runCommand(process.execPath, [tsc, '--build', ...projects], {
    cwd: ROOT,
    quiet: true,
  });
  return compiled.code === 0 ? buildPages(samples) : compiled;
}

/** The same, for who can't go on without it: ends the process with the compiler's words when it fails. */
export async function build(options) {
  const { code, output } = await compile(options);
  if (code === 0) return;
  process.stderr.write(`${output}\nThe build failed.\n`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ clean: process.argv.includes('--clean') });
}
