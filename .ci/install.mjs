// Installs the dependencies of this checkout, once per lock file, Node version and platform.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmCommand, runOrExit } from './run-command.mjs';

export const ROOT = path.resolve(import.meta.dirname, '..');

/** Runs `npm ci` in the folder unless the stamp in its node_modules says that nothing has changed since. */
export async function ensureInstalled(folder = ROOT, node = currentNode(), env = {}) {
  const stampFile = path.join(folder, 'node_modules', '.sluice-installed');
  const stamp = describeInstall(folder, node.version);
  if (readStamp(stampFile) === stamp) return;
  process.stdout.write(`Installing dependencies for Node ${node.version} (once, about a minute) ...\n`);
  const [command, args] = npmCommand(node.binary);
  await runOrExit('npm ci', command, [...args, 'ci', '--no-fund', '--no-audit'], { cwd: folder, env });
  writeFileSync(stampFile, stamp);
}

function currentNode() {
  return { binary: process.execPath, version: process.versions.node };
}

function describeInstall(folder, version) {
  const lock = createHash('sha256').update(readFileSync(path.join(folder, 'package-lock.json')));
  return `${lock.digest('hex')} node-${version} ${process.platform}-${process.arch}\n`;
}

function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
