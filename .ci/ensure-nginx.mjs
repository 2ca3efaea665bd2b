// Finds the nginx that the tests put in front of an application, or installs it, or says what to install.
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath, isProgram } from './find-program.mjs';

// Debian keeps it off the PATH of users.
const ELSEWHERE = ['/usr/sbin/nginx', '/usr/local/sbin/nginx'];

/** The path of nginx; installs Debian's where that is possible and ends the process where it isn't. */
export function ensureNginx() {
  return ensureProgram({
    find: () => findOnPath('nginx') ?? ELSEWHERE.find(isProgram),
    name: 'nginx',
    debianPackage: 'nginx',
    explain: () => WHAT_TO_INSTALL.join('\n'),
  });
}

const WHAT_TO_INSTALL = [
  'The tests of e2e/proxies need nginx, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends nginx',
  'Fedora:          sudo dnf install -y nginx',
  'Alpine:          apk add nginx',
  'macOS:           brew install nginx',
  'Elsewhere:       install it, and put it on the PATH',
];
