import { readFileSync } from 'node:fs';
import path from 'node:path';
import { completeOptions, TEMPLATES } from '../src/create-options';
import { makeFiles } from '../src/make-files';
import { MANAGER_NAMES, type Manager } from '../src/managers';
import { VERSIONS } from '../src/manifest';

const ROOT = path.resolve(__dirname, '../../..');
const make = (template: 'esm' | 'commonjs', manager: Manager = { name: 'npm' }) =>
  makeFiles('notes', '0.1.0', completeOptions({ template, manager, offline: false }));
const both = TEMPLATES.flatMap((template) => MANAGER_NAMES.map((name) => [template, name] as const));

interface Manifest {
  readonly type: string;
  readonly packageManager?: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const readManifest = (files: ReadonlyMap<string, string>) =>
  JSON.parse(files.get('package.json')!) as Manifest;

describe('the files of a project', () => {
  it.each(both)('with %s and %s have no open place, and name one manager', (template, name) => {
    const files = make(template, { name });
    for (const [place, text] of files)
      expect([place, text]).toEqual([place, expect.not.stringContaining('{{')]);
    const others = MANAGER_NAMES.filter((one) => one !== name && one !== 'npm');
    for (const place of ['Dockerfile', 'README.md', '.github/workflows/ci.yml'])
      for (const other of others) expect(files.get(place)).not.toMatch(new RegExp(`\\b${other} `));
  });

  it('are those of a whole project', () => {
    const shared = [
      '.dockerignore',
      '.github/workflows/ci.yml',
      '.gitignore',
      'Dockerfile',
      'README.md',
      'package.json',
      'src/create-my-app.ts',
      'src/create-note.ts',
      'src/main.ts',
      'src/note.ts',
      'src/notes-controller.ts',
      'test/notes.test.ts',
      'tsconfig.build.json',
      'tsconfig.json',
    ];
    expect([...make('esm').keys()].sort()).toEqual(shared);
    expect([...make('commonjs').keys()].sort()).toEqual([...shared, 'jest.config.cjs'].sort());
  });

  it('are of the module format that was chosen', () => {
    expect(make('esm').get('src/create-my-app.ts')).toContain("from './notes-controller.js'");
    expect(make('commonjs').get('src/create-my-app.ts')).toContain("from './notes-controller'");
    const [esm, commonjs] = [readManifest(make('esm')), readManifest(make('commonjs'))];
    expect([esm.type, esm.scripts['test']]).toEqual(['module', 'vitest run']);
    expect([commonjs.type, commonjs.scripts['test']]).toEqual(['commonjs', 'jest']);
  });

  it('have the version of the package for all packages of Sluice', () => {
    const { dependencies, devDependencies } = readManifest(make('esm'));
    const ours = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
      /^@sluice/.test(name),
    );
    expect(ours.length).toBeGreaterThan(3);
    for (const [name, version] of ours) expect([name, version]).toEqual([name, '^0.1.0']);
  });

  it('have the versions of other packages that this repository is tested with', () => {
    const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Manifest;
    const known = {
      ...read('packages/core/package.json').dependencies,
      ...read('package.json').devDependencies,
    };
    const { vitest: _, ...compared } = VERSIONS;
    expect(compared).toEqual(Object.fromEntries(Object.keys(compared).map((name) => [name, known[name]])));
  });

  it('pin the manager where corepack runs it', () => {
    const pin = (manager: Manager) => readManifest(make('esm', manager)).packageManager;
    expect(pin({ name: 'pnpm', version: '10.34.8' })).toBe('pnpm@10.34.8');
    expect(pin({ name: 'yarn', version: '4.18.1' })).toBe('yarn@4.18.1');
    expect([pin({ name: 'pnpm' }), pin({ name: 'npm', version: '11.4.2' })]).toEqual([undefined, undefined]);
    expect(make('esm', { name: 'yarn' }).get('.yarnrc.yml')).toBe('nodeLinker: node-modules\n');
    expect(make('esm', { name: 'yarn', version: '1.22.22' }).has('.yarnrc.yml')).toBe(false);
  });
});
