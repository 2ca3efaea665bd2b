// Finds schemathesis, which tests the documents of the samples, or installs it from PyPI into .cache, or says what is
// missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath } from './find-program.mjs';
import { ROOT } from './install.mjs';
import { runOrExit } from './run-command.mjs';

const VERSIONS = path.join(import.meta.dirname, 'schemathesis.txt');
const HOME = path.join(ROOT, '.cache', 'schemathesis');
const BIN = path.join(HOME, process.platform === 'win32' ? 'Scripts' : 'bin');
// It is written last, so an install that was broken off begins again.
const STAMP = path.join(HOME, 'installed');
const MINUTES = 5;

/** Installs schemathesis in the versions of schemathesis.txt, once; ends the process where that isn't possible. */
export async function ensureSchemathesis() {
  const python = await ensureProgram({
    find: findPython,
    name: 'python3-venv',
    debianPackage: 'python3-venv',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
  const stamp = createHash('sha256').update(readFileSync(VERSIONS)).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  process.stdout.write('Installing schemathesis for the tests (once, from PyPI) ...\n');
  rmSync(HOME, { recursive: true, force: true });
  await runOrExit('Making an environment of Python', python, ['-m', 'venv', HOME]);
  await runOrExit(
    'Installing schemathesis from PyPI, for which the tests need the network,',
    path.join(BIN, 'python'),
    ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', VERSIONS],
    { timeoutMinutes: MINUTES },
  );
  writeFileSync(STAMP, stamp);
}

/** A Python that can make environments. Debian has that in a package of its own. */
function findPython() {
  const python = findOnPath('python3', 'python');
  return python && spawnSync(python, ['-c', CAN_MAKE_ENVIRONMENTS]).status === 0 ? python : undefined;
}

const CAN_MAKE_ENVIRONMENTS = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))';

const WHAT_TO_INSTALL = [
  'The tests of the documents need Python 3.10 or newer with venv, in which they install schemathesis, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-venv',
  'Fedora:          sudo dnf install -y python3',
  'Alpine:          apk add python3',
  'macOS:           brew install python',
  'Elsewhere:       install it, and put it on the PATH',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureSchemathesis();
