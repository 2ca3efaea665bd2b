import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '../browser/launch-chromium';
import { runOperation, type Shown } from '../browser/run-operation';
import { Program } from '../programs/program';
import { runDockerfile } from './dockerfile';
import { npm, packPackages, run } from './install-packages';
import { makeFirstLock } from './make-first-lock';

const MINUTE = 60_000;
// A guard against hanging, not a measure: each template is installed once.
jest.setTimeout(5 * MINUTE);

const PACKED = [
  'core',
  'cli',
  'testing',
  'openapi',
  'swagger-ui',
  'request-id',
  'security-headers',
  'timeout',
  'create-sluice',
];

interface Manifest {
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

interface Described {
  readonly paths: Readonly<Record<string, { readonly get: { readonly responses: object } }>>;
}

// The packages come from tarballs, because they are not published; everything else is as a user gets it.
describe('npm create sluice, from a tarball', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-created-'));
  const packs = path.join(folder, 'packs');
  // As deep as /app in a stage of the image, because the lock file names the tarballs by relative paths.
  const work = path.join(folder, 'work');
  let tarballs: ReadonlyMap<string, string>;
  let create: string;

  beforeAll(async () => {
    for (const one of [packs, work]) mkdirSync(one);
    tarballs = await packPackages(packs, PACKED);
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    // It has no dependencies, so that it needs no network.
    await npm(
      folder,
      'install',
      '--offline',
      '--no-audit',
      '--no-fund',
      `./packs/${tarballs.get('create-sluice')}`,
    );
    create = path.join(folder, 'node_modules/create-sluice/dist/main.js');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['esm', 'commonjs'])(
    'makes a project with %s that passes its type check and its tests',
    async (template) => {
      const project = path.join(work, template);
      const { stdout } = await run(
        process.execPath,
        [create, template, '--template', template, '--no-install'],
        {
          cwd: work,
        },
      );
      expect(stdout).toContain(`cd ${template} && npm install && npm run dev`);
      useTarballs(project);
      await npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund');

      await npm(project, 'run', 'check');
      await npm(project, 'test');
    },
  );

  it('is edited while it runs: a person tries its page, adds a middleware, and sees it in the plan, the document and the build', async () => {
    const cwd = path.join(work, 'esm');
    const sluice = 'node_modules/.bin/sluice';
    await using program = Program.start(sluice, ['dev', '--no-check'], { cwd, env: { PORT: '0' } });
    const url = await program.waitForUrl();
    expect(await tryPage(`${url}/docs`)).toEqual({
      status: '201',
      body: '{\n  "id": 1,\n  "text": "string"\n}',
    });

    const file = path.join(cwd, 'src/create-my-app.ts');
    const changed = readFileSync(file, 'utf8')
      .replace('middleware: [', 'middleware: [timeout({ afterMs: 5000 }), ')
      .replace('import { requestId }', "import { timeout } from '@sluice/timeout';\n$&");
    writeFileSync(file, changed);
    await program.waitFor(/^\+ POST {2}\/notes {2}NotesController\.create {2}timeout > requestId > /m);
    expect((await npm(cwd, 'run', '--silent', 'routes')).stdout).toMatch(/^GET +\/notes\/:id .* timeout > /m);
    const document = JSON.parse((await run(sluice, ['openapi'], { cwd })).stdout) as Described;
    expect(Object.keys(document.paths['/notes/{id}']!.get.responses)).toContain('504');
    expect(await program.stop()).toBe(0);
    await npm(cwd, 'run', 'build');
    await expectAnswers(process.execPath, ['dist/main.js'], cwd);
  });

  it('makes a project that answers from its sources, and from an image without what only the build needs', async () => {
    const project = path.join(work, 'commonjs');
    await expectAnswers('node_modules/.bin/sluice', ['dev', '--no-check'], project);
    rmSync(path.join(project, 'node_modules'), { recursive: true });
    const text = readFileSync(path.join(project, 'Dockerfile'), 'utf8');
    const { args, cwd, env, user } = runDockerfile(text, project, path.join(folder, 'image'));
    expect([user, env['NODE_ENV'], readdirSync(cwd).sort()]).toEqual([
      'node',
      'production',
      ['dist', 'node_modules', 'package.json'],
    ]);
    expect(existsSync(path.join(cwd, 'node_modules/typescript'))).toBe(false);
    await expectAnswers(process.execPath, args.slice(1), cwd);
  });

  /** Opens the page of the document, and runs the operation that adds a note. */
  async function tryPage(address: string): Promise<Shown> {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(address);
      return await runOperation(page.locator('.opblock-post'));
    } finally {
      await browser.close();
    }
  }

  async function expectAnswers(name: string, args: readonly string[], cwd: string): Promise<void> {
    await using program = Program.start(name, args, { cwd, env: { PORT: '0' } });
    const url = await program.waitForUrl();
    expect(await (await fetch(`${url}/notes/0`)).json()).toEqual({ id: 0, text: 'the first note' });
    expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.1' });
    expect(await (await fetch(`${url}/docs`)).text()).toMatch(/<title>(?:esm|commonjs)<\/title>/);
    expect(await program.stop()).toBe(0);
  }

  function useTarballs(project: string): void {
    const file = path.join(project, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    // Added while the project runs.
    manifest.dependencies['@sluice/timeout'] = '';
    for (const list of [manifest.dependencies, manifest.devDependencies])
      for (const name of Object.keys(list))
        if (name.startsWith('@sluice/')) list[name] = `file:../../packs/${tarballs.get(name)}`;
    writeFileSync(file, JSON.stringify(manifest));
    writeFileSync(path.join(project, 'package-lock.json'), makeFirstLock(manifest));
  }
});
