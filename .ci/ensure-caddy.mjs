// Finds the Caddy that the tests put in front of an application, or installs it, or says what to install.
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath } from './find-program.mjs';

/** The path of caddy; installs Debian's where that is possible and ends the process where it isn't. */
export function ensureCaddy() {
  return ensureProgram({
    find: () => findOnPath('caddy'),
    name: 'Caddy',
    debianPackage: 'caddy',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
}

const WHAT_TO_INSTALL = [
  'The tests of e2e/proxies need Caddy, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends caddy',
  'Fedora:          sudo dnf install -y caddy',
  'macOS:           brew install caddy',
  'Elsewhere:       install it, and put it on the PATH',
];
