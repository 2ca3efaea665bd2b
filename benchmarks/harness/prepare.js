// Everything that must be there before the first run: packages built, peers installed, programs compiled.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../.ci/build.mjs';
import { ensureInstalled, ROOT } from '../../.ci/install.mjs';
import { runCommand, runOrExit } from '../../.ci/run-command.mjs';

const FOLDER = path.resolve(import.meta.dirname, '..');

/** Installs and builds; ends the process when that fails. */
export async function prepare() {
  await ensureInstalled();
  await ensureInstalled(FOLDER);
  process.stdout.write('Building ...\n');
  await build();
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  await runOrExit('tsc', process.execPath, [tsc, '-p', FOLDER], { cwd: ROOT });
}

/** Makes the virtual environment of a Python peer. Gives the reason when it can't be had, else undefined. */
export async function preparePython(peer) {
  if (existsSync(peer.python)) return undefined;
  const folder = path.resolve(peer.python, '../..');
  process.stdout.write(`Installing ${peer.name} into a virtual environment (once) ...\n`);
  const made = await runCommand('python3', ['-m', 'venv', folder], { quiet: true, timeoutMinutes: 2 });
  if (made.code !== 0) return explain('python3 -m venv', folder, made);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', peer.requirements];
  const installed = await runCommand(peer.python, pip, { quiet: true, timeoutMinutes: 5 });
  return installed.code === 0 ? undefined : explain('pip install', folder, installed);
}

function explain(step, folder, { output }) {
  rmSync(folder, { recursive: true, force: true });
  return `${step}: ${output.trim().split('\n').at(-1)}`;
}
