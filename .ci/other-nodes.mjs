// The jobs of npm test with other versions of Node: each in a copy of the checkout with an install of its own, because
// npm installs the engine's binary for the Node that runs it and for no other.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { copyCheckout } from './copy-checkout.mjs';
import { fetchNode } from './fetch-node.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { runJest } from './jest.mjs';
import { BROWSER, COMMANDS, FIRST_START, PROPERTIES, SAME_ON_EVERY_NODE } from './not-repeated.mjs';

const HOME = path.join(ROOT, '.cache', 'nodes');
const NODE_22 = '22.23.3';
const NODE_24 = '24.22.3';
const NOT_REPEATED = [BROWSER, COMMANDS, FIRST_START, PROPERTIES, SAME_ON_EVERY_NODE].join('|');

/** Node 22. Gives back the totals of its jobs, none where it does not apply. */
export async function runOnNode22() {
  if (!applies(22)) return [];
  const { node, env, tree } = await prepare(NODE_22);
  copyCheckout(tree);
  await ensureInstalled(tree, { binary: node, version: NODE_22 }, env);
  return [await runJest(`node-${NODE_22}`, [], { node, cwd: tree, env, notRepeated: NOT_REPEATED })];
}

/**
 * Node 24, for which no build of µWebSockets may load: a first npm start has to work there. Its
 * test leaves its checkout to the other tests.
 */
export async function runOnNode24() {
  if (!applies(24)) return [];
  const { node, env, tree } = await prepare(NODE_24);
  rmSync(tree, { recursive: true, force: true });
  const first = await runJest(`node-${NODE_24}-first-start`, ['e2e/first-start'], {
    env: { ...env, FIRST_START_IN: tree },
  });
  return [first, await runJest(`node-${NODE_24}`, [], { node, cwd: tree, env, notRepeated: NOT_REPEATED })];
}

/** Fetches the Node, and finds the folder of its checkout. */
async function prepare(version) {
  const node = await fetchNode(version, HOME);
  const tree = path.join(HOME, `tree-${version}`);
  process.stdout.write(`\nNode ${version}, in ${path.relative(ROOT, tree)}\n`);
  return { node, tree, env: { PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` } };
}

/** Whether the tests are to run on this version too; says why not. */
function applies(major) {
  const reason = findReasonNotTo(major);
  if (reason) process.stdout.write(`\nNode ${major}: not run, because ${reason}.\n`);
  return !reason;
}

function findReasonNotTo(major) {
  const [current] = process.versions.node.split('.').map(Number);
  if (current >= major) return `these tests have just run on Node ${process.versions.node}`;
  if (process.platform === 'linux' && process.arch === 'x64' && isGlibc()) return undefined;
  const here = `${process.platform}-${process.arch}`;
  return `it comes as a package for linux-x64 with glibc, and this is ${here}; run npm test with Node ${major} instead`;
}

function isGlibc() {
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}
