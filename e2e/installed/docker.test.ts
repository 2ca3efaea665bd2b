import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { npm, packPackages } from './install-packages';
import { makeFirstLock } from './make-first-lock';
import { Program } from '../programs/program';
import { blocksOfTheGuide, PROGRAM } from '../deployment/deployment-guide';
import { runDockerfile, type ImageCommand } from './dockerfile';

const MINUTE = 60_000;
// Installs twice. A guard against hanging, not a measure.
jest.setTimeout(5 * MINUTE);

const MANIFEST = {
  name: 'deployed',
  private: true,
  scripts: { build: 'tsc' },
  dependencies: {} as Record<string, string>,
  devDependencies: { typescript: ts.version, '@types/node': '^20.19.0' },
};
const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    types: ['node'],
    skipLibCheck: true,
    outDir: 'dist',
    rootDir: 'src',
  },
  include: ['src'],
};

/** The account `node` of the images. */
const NODE_USER = { uid: 1000, gid: 1000 };

describe('A Dockerfile of docs/deployment.md, done in folders', () => {
  // The lock file names the tarballs by relative paths, so the project is as deep in the folder as /app of each stage.
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-docker-'));
  const context = path.join(folder, 'context', 'app');

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const packs = path.join(folder, 'packs');
    for (const one of [packs, path.join(context, 'src')]) mkdirSync(one, { recursive: true });
    const tarballs = await packPackages(packs, ['core']);
    MANIFEST.dependencies['@sluice/core'] = `file:../../packs/${tarballs.get('@sluice/core')}`;
    writeFileSync(path.join(context, 'package.json'), JSON.stringify(MANIFEST));
    writeFileSync(path.join(context, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    writeFileSync(path.join(context, 'src', 'main.ts'), PROGRAM);
    writeFileSync(path.join(context, 'package-lock.json'), makeFirstLock(MANIFEST));
    await npm(context, 'install', '--package-lock-only', '--prefer-offline');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['with glibc', 0, /The engine is /],
    ['with Alpine', 1, /The engine is node:http, because SLUICE_ENGINE names it/],
  ])('%s makes a program that answers, and ends with 0 on SIGTERM', async (_, index, engine) => {
    const image = runDockerfile(
      blocksOfTheGuide('dockerfile')[index]!,
      context,
      path.join(folder, `image-${index}`),
    );
    await using program = start(image);
    const [, port] = await program.waitFor(/http:\/\/0\.0\.0\.0:(\d+)/);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('Hello');
    expect(program.stdout).toMatch(engine);
    expect(await program.stop()).toBe(0);
    expect(image.user).toBe('node');
    expect(image.env['NODE_ENV']).toBe('production');
    // Neither sources nor what only the build needs are in the image.
    expect(readdirSync(image.cwd).sort()).toEqual(['dist', 'node_modules', 'package.json']);
    expect(existsSync(path.join(image.cwd, 'node_modules/typescript'))).toBe(false);
  });
});

/** Starts it as the account of the image, where this process may do so and the account may run Node. */
function start({ args: [name, ...args], cwd, env }: ImageCommand): Program {
  expect(name).toBe('node');
  const mayChange = spawnSync(process.execPath, ['--version'], { ...NODE_USER, cwd }).status === 0;
  return Program.start(process.execPath, args, {
    cwd,
    env: { SLUICE_ENGINE: undefined, ...env, PORT: '0' },
    ...(mayChange ? NODE_USER : {}),
  });
}
