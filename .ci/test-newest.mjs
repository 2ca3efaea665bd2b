// `npm run test:newest`: the tests with the newest engine build, which needs a newer C library than many machines
// have: in a Debian 13 of their own, made once in .cache/newest, on Node 24 and 26. Arguments select a part of them.
// With --ci, as .ci/run calls it, it is left out where that is not possible, and Node 26 repeats the tests of the engine.
import './check-node.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { copyCheckout } from './copy-checkout.mjs';
import { ensureProgram, isRootOnDebian } from './ensure-program.mjs';
import { fetchNode } from './fetch-node.mjs';
import { findOnPath } from './find-program.mjs';
import { ensureInstalled, ROOT } from './install.mjs';
import { finish, runJest } from './jest.mjs';
import {
  BROWSER,
  COMMANDS,
  FIRST_START,
  IN_MEMORY,
  PROPERTIES,
  SAME_ON_EVERY_NODE,
} from './not-repeated.mjs';
import { runOrExit } from './run-command.mjs';

const VERSIONS = ['24.22.3', '26.12.1'];
const PACKAGES = 'ca-certificates,haproxy,nginx,procps,redis-server';
const HOME = path.join(ROOT, '.cache', 'newest');
const NODES = path.join(ROOT, '.cache', 'nodes');
const SYSTEM = path.join(HOME, 'debian-13');
// Only the command that runs in the other system sees these mounts.
const ENTER = `mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" env -C "$@"`;

const ON_ENGINE = ['packages/core/test/engine', 'e2e/(conformance|features|life|uws|wire)'];

const WHAT_IT_NEEDS = [
  'npm run test:newest makes a Debian 13 in .cache/newest, with debootstrap: that works as root on Debian or Ubuntu,',
  'on linux-x64 (sudo apt-get install -y debootstrap), outside of a container. On a system whose C library is glibc 2.38 or newer you need',
  'none of that: npm test with Node 24 or 26 loads the same engine build.',
];

const isCi = process.argv[2] === '--ci';
const asked = process.argv.slice(isCi ? 3 : 2);

if (!isRootOnDebian() || process.arch !== 'x64' || !mayMount()) {
  const intro = isCi ? 'The newest engine build was not tested in a Debian 13 of its own.\n' : '';
  process.stderr.write(`${intro}${WHAT_IT_NEEDS.join('\n')}\n`);
  process.exit(isCi ? 0 : 1);
}
await ensureInstalled();
await ensureSystem();
process.stdout.write('Building ...\n');
await build();
const totals = [];
for (const version of VERSIONS) totals.push(await runOn(version, select(version)));
finish(totals);

/** Root of a container may not. */
function mayMount() {
  return spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0;
}

async function ensureSystem() {
  const made = path.join(SYSTEM, '.made');
  if (!existsSync(made) || readFileSync(made, 'utf8') !== PACKAGES) await makeSystem(made);
  // The installer of Debian writes it, and debootstrap does not.
  writeFileSync(path.join(SYSTEM, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n');
}

async function makeSystem(made) {
  rmSync(SYSTEM, { recursive: true, force: true });
  const debootstrap = await ensureProgram({
    find: () => findOnPath('debootstrap'),
    name: 'debootstrap',
    debianPackage: 'debootstrap',
    explain: () => WHAT_IT_NEEDS.join('\n'),
  });
  process.stdout.write('Making a Debian 13 (once, about a minute) ...\n');
  const options = ['--variant=minbase', `--include=${PACKAGES}`];
  await runOrExit('debootstrap', debootstrap, [...options, 'trixie', SYSTEM]);
  writeFileSync(made, PACKAGES);
}

async function runOn(version, selection) {
  const name = `sluice-${version}`;
  const tree = path.join(SYSTEM, name);
  const fetched = await fetchNode(version, NODES);
  const binary = path.join(SYSTEM, 'opt', `node-${version}`, 'bin/node');
  mkdirSync(path.dirname(binary), { recursive: true });
  cpSync(fetched, binary);
  process.stdout.write(`\nDebian 13 with Node ${version}, in ${path.relative(ROOT, tree)}\n`);
  copyCheckout(tree);
  const install = { PATH: `${path.dirname(fetched)}${path.delimiter}${process.env.PATH}` };
  await ensureInstalled(tree, { binary: fetched, version }, install);
  const node = binary.slice(SYSTEM.length);
  return runJest(`newest-${version}`, selection, {
    node,
    cwd: tree,
    system: SYSTEM,
    enter: ['unshare', '--mount', 'sh', '-c', ENTER, SYSTEM, `/${name}`],
    env: {
      PATH: `${path.dirname(node)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      TMPDIR: '/tmp',
    },
    notRepeated: [BROWSER, COMMANDS, FIRST_START, IN_MEMORY, PROPERTIES, SAME_ON_EVERY_NODE].join('|'),
  });
}

function select(version) {
  const parts = isCi && version !== VERSIONS[0] ? ON_ENGINE : asked;
  return parts.length === 0 ? [] : ['--testPathPatterns', ...parts];
}
