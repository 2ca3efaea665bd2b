// The second test job: the same tests under Node 22, in a copy of the checkout with an install of its own,
// because npm installs the engine's binary for the Node that runs it and for no other.
import path from 'node:path';
import { copyCheckout } from './copy-checkout.mjs';
import { fetchNode } from './fetch-node.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { runJest } from './jest.mjs';

const VERSION = '22.23.3';
const HOME = path.join(ROOT, '.cache', 'node-22');
const TREE = path.join(HOME, 'tree');
// The browser, npm's tarballs and the commands are the same whatever Node runs the tests.
export const NOT_REPEATED = 'e2e/(browser|repository/(packages|start|stuck-tests|words))\\b';

/** Runs the job, or says why it does not apply here. */
export async function runOnNode22() {
  const reason = findReasonNotTo();
  if (reason) {
    process.stdout.write(`Node 22 job: not run, because ${reason}.\n`);
    return { passed: 0, failed: 0 };
  }
  const node = await fetchNode(VERSION, HOME);
  process.stdout.write(`\nNode 22 job (${VERSION}), in ${path.relative(ROOT, TREE)}\n`);
  const env = { PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  copyCheckout(TREE);
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
