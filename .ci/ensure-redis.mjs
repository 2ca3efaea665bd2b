// Finds the Redis that tests start, or installs it, or says what to install.
import { fileURLToPath } from 'node:url';
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath } from './find-program.mjs';

/** The path of redis-server; installs Debian's where that is possible and ends the process where it isn't. */
export function ensureRedis() {
  return ensureProgram({
    find: () => findOnPath('redis-server'),
    name: 'redis-server',
    debianPackage: 'redis-server',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
}

const WHAT_TO_INSTALL = [
  'The tests with a real Redis need redis-server, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server',
  'Fedora:          sudo dnf install -y redis',
  'Alpine:          apk add redis',
  'macOS:           brew install redis',
  'Elsewhere:       install it, and put it on the PATH',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureRedis();
