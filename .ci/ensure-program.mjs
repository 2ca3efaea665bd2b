// Gives the path of a program that the tests need: finds it, or installs it as root on Debian, or says what to do.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { runOrExit } from './run-command.mjs';

// Debian asks this file, where there is one, before it starts the service that a package brings.
const POLICY = '/usr/sbin/policy-rc.d';

/**
 * The path that `find` finds, at once or after `debianPackage` was installed. Where neither helps, it ends the process
 * with the text that `explain` makes; without `debianPackage` nothing is installed.
 */
export async function ensureProgram({ find, name, debianPackage, explain }) {
  const found = find();
  if (found) return found;
  if (debianPackage && isRootOnDebian()) {
    process.stdout.write(`Installing ${name} for the tests (once, with apt-get) ...\n`);
    await installDebianPackage(debianPackage);
    const installed = find();
    if (installed) return installed;
  }
  process.stderr.write(`${explain()}\n`);
  process.exit(1);
}

/** Whether programs can be installed with apt-get. */
export function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** Installs the package, or ends the process with what apt-get said. No service is left running. */
async function installDebianPackage(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runOrExit('apt-get update', 'apt-get', ['update'], { env });
  if (!existsSync(POLICY)) {
    writeFileSync(POLICY, '#!/bin/sh\n# npm test installs programs, not services.\nexit 101\n', {
      mode: 0o755,
    });
    process.once('exit', () => rmSync(POLICY, { force: true }));
  }
  const install = ['install', '-y', '--no-install-recommends', name];
  await runOrExit(`apt-get install ${name}`, 'apt-get', install, { env });
}
