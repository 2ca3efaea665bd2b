// Everything that must be there before the first run: packages built, peers installed, programs compiled.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../.ci/build.mjs';
import { ensureInstalled, ROOT } from '../../.ci/install.mjs';
import { npmCommand, runCommand, runOrExit } from '../../.ci/run-command.mjs';

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

/** Installs a peer that may not be there: in Python, or an optional package. Gives the reason where it fails. */
export async function preparePeer(peer) {
  if (peer.language === 'python') return preparePython(peer);
  return peer.optional === undefined ? undefined : prepareOptional(peer);
}

/** Installs the package beside those of the lock file, which stays as it is. */
async function prepareOptional({ optional }) {
  const name = optional.slice(0, optional.lastIndexOf('@'));
  if (existsSync(path.join(FOLDER, 'node_modules', name))) return undefined;
  const [command, args] = npmCommand(process.execPath);
  const install = [...args, 'install', '--no-save', optional];
  const { code, output } = await runCommand(command, install, {
    cwd: FOLDER,
    quiet: true,
    timeoutMinutes: 5,
  });
  if (code === 0) return undefined;
  const [, error] = /code (E\w+)/.exec(output) ?? [];
  return `npm install ${optional}: ${error ?? `exit code ${code}`}`;
}

/** Makes the virtual environment of a Python peer. */
async function preparePython(peer) {
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
