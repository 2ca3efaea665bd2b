import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Program } from '../programs/program';
import { npm, ROOT, run } from './install-packages';

const MINUTE = 60_000;
// A guard against hanging, not a measure: each template is installed once.
jest.setTimeout(5 * MINUTE);

const PACKED = ['core', 'cli', 'testing', 'request-id', 'security-headers', 'create-sluice'];

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

// The packages come from tarballs, because they are not published; everything else is as a user gets it.
describe('npm create sluice, from a tarball', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-created-'));
  const packs = path.join(folder, 'packs');
  let create: string;

  beforeAll(async () => {
    mkdirSync(packs);
    const sources = PACKED.map((name) => `./packages/${name}`);
    await npm(ROOT, 'pack', '--silent', '--pack-destination', packs, ...sources);
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    // It has no dependencies, so that it needs no network.
    await npm(
      folder,
      'install',
      '--offline',
      '--no-audit',
      '--no-fund',
      `./packs/${findTarball('create-sluice')}`,
    );
    create = path.join(folder, 'node_modules/create-sluice/dist/main.js');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['esm', 'commonjs'])(
    'makes a project with %s that is checked, tested, built and run',
    async (template) => {
      const project = path.join(folder, template);
      const { stdout } = await run(
        process.execPath,
        [create, template, '--template', template, '--no-install'],
        {
          cwd: folder,
        },
      );
      expect(stdout).toContain(`cd ${template} && npm install && npm run dev`);
      useTarballs(path.join(project, 'package.json'));
      await npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund');

      await npm(project, 'run', 'check');
      await npm(project, 'test');
      await npm(project, 'run', 'build');
      const routes = (await npm(project, 'run', '--silent', 'routes')) as { stdout: string };
      expect(routes.stdout).toMatch(/^POST +\/notes +NotesController\.create +requestId > .* > create$/m);

      const starts: [program: string, args: string[]][] = [
        ['node_modules/.bin/sluice', ['dev', '--no-check']],
        [process.execPath, ['dist/main.js']],
      ];
      for (const [name, args] of starts) {
        await using program = Program.start(name, args, { cwd: project, env: { PORT: '0' } });
        const url = await program.waitForUrl();
        expect(await (await fetch(`${url}/notes/0`)).json()).toEqual({ id: 0, text: 'the first note' });
        expect(await program.stop()).toBe(0);
      }
    },
  );

  function findTarball(name: string): string {
    return readdirSync(packs).find((file) => file.replace(/^sluice-/, '').startsWith(`${name}-0`))!;
  }

  function useTarballs(file: string): void {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    for (const list of [manifest.dependencies, manifest.devDependencies])
      for (const name of Object.keys(list))
        if (name.startsWith('@sluice/'))
          list[name] = `file:../packs/${findTarball(name.replace('@sluice/', ''))}`;
    writeFileSync(file, JSON.stringify(manifest));
  }
});
