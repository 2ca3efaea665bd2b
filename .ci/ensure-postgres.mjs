// Finds the PostgreSQL that tests start, or installs it, or says what to install.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath, isProgram } from './find-program.mjs';

// Debian, Alpine and Homebrew keep each version in a folder of its own, off the PATH.
const HOMES = ['/usr/lib/postgresql', '/usr/libexec', '/opt/homebrew/opt', '/usr/local/opt'];

/** The path of postgres; installs Debian's where that is possible and ends the process where it isn't. */
export function ensurePostgres() {
  return ensureProgram({
    find: findPostgres,
    name: 'PostgreSQL',
    debianPackage: 'postgresql',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
}

/** The path of the program, which has initdb beside it; undefined where there is none. */
export function findPostgres() {
  const programs = [findOnPath('postgres'), ...HOMES.flatMap(listPrograms)];
  return programs.find((file) => file && isProgram(path.join(path.dirname(file), 'initdb')));
}

function listPrograms(home) {
  if (!existsSync(home)) return [];
  const versions = readdirSync(home).filter((name) => /^(postgresql@?)?[0-9]+$/.test(name));
  return versions
    .flatMap((name) => [path.join(home, name, 'bin/postgres'), path.join(home, name, 'postgres')])
    .filter(isProgram);
}

const WHAT_TO_INSTALL = [
  'The tests with a real PostgreSQL need postgres and initdb, and none were found.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql',
  'Fedora:          sudo dnf install -y postgresql-server',
  'Alpine:          apk add postgresql',
  'macOS:           brew install postgresql@17',
  'Elsewhere:       install it, and put its programs on the PATH',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${await ensurePostgres()}\n`);
