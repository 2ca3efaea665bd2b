// Finds the HAProxy that the tests put in front of an application, or installs it, or says what to install.
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath, isProgram } from './find-program.mjs';

// Debian keeps it off the PATH of users.
const ELSEWHERE = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'];

/** The path of haproxy; installs Debian's where that is possible and ends the process where it isn't. */
export function ensureHaproxy() {
  return ensureProgram({
    find: () => findOnPath('haproxy') ?? ELSEWHERE.find(isProgram),
    name: 'haproxy',
    debianPackage: 'haproxy',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
}

const WHAT_TO_INSTALL = [
  'The tests of e2e/proxies need haproxy, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends haproxy',
  'Fedora:          sudo dnf install -y haproxy',
  'Alpine:          apk add haproxy',
  'macOS:           brew install haproxy',
  'Elsewhere:       install it, and put it on the PATH',
];
