// Installs the dependencies of this checkout, once per lock file, Node version and platform.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmCommand, runOrExit } from './run-command.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..');

/** Runs `npm ci` in the folder, unless it has been done since the lock file or Node last changed. */
export async function ensureInstalled(folder = ROOT, node = currentNode(), env = {}) {
  const stampFile = path.join(folder, 'node_modules', '.sluice-installed');
  const platform = `node-${node.version} ${process.platform}-${process.arch}`;
  const stamp = `${platform} ${hashLock(folder)}\n`;
  const found = readText(stampFile);
  if (found === stamp) return;
  const installedByHand = found === '' || found.startsWith(`${platform} `);
  if (!installedByHand || !isInstalled(folder)) {
    process.stdout.write(`Installing dependencies for Node ${node.version} (once, about a minute) ...\n`);
    const [command, args] = npmCommand(node.binary);
    await runOrExit('npm ci', command, [...args, 'ci', '--no-fund', '--no-audit'], { cwd: folder, env });
  }
  writeFileSync(stampFile, stamp);
}

function currentNode() {
  return { binary: process.execPath, version: process.versions.node };
}

function hashLock(folder) {
  return createHash('sha256')
    .update(readText(path.join(folder, 'package-lock.json')))
    .digest('hex');
}

/** Whether somebody's `npm install` has put into node_modules what the lock file asks for. */
function isInstalled(folder) {
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const present = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted)
    .filter(([place]) => place.startsWith('node_modules/') || place.includes('/node_modules/'))
    .every(([place, entry]) =>
      present[place] ? present[place].version === entry.version : entry.optional === true,
    );
}

function readPackages(lockFile) {
  return JSON.parse(readText(lockFile) || '{}').packages ?? {};
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
