import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findApplication, findProgram } from '../../src/application/find-application';
import { findProject, listManifests } from '../../src/application/project';
import { CliError } from '../../src/cli-error';

describe('the module of the application', () => {
  let folder: string;
  const write = (name: string, text = ''): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const find = (given?: string, from = folder): string =>
    path.relative(folder, findApplication(findProject(from), given, from));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-find-'));
    write('package.json', '{ "name": "notes" }');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the one given, relative to the place where the command runs', () => {
    write('src/app.ts');
    write('src/main.ts');
    expect(find('app.ts', path.join(folder, 'src'))).toBe(path.join('src', 'app.ts'));
  });

  it('is else the one of package.json, relative to the project', () => {
    write('package.json', '{ "sluice": { "app": "lib/app.mjs" } }');
    write('lib/app.mjs');
    write('src/main.ts');
    expect(find(undefined, path.join(folder, 'lib'))).toBe(path.join('lib', 'app.mjs'));
  });

  it.each(['src/main.ts', 'src/main.mts', 'dist/main.js'])('is else %s', (name) => {
    write('dist/main.js');
    write(name);
    expect(find()).toBe(path.normalize(name));
  });

  it.each([
    ['src/api.ts', 'The argument names src/api.ts, which does not exist.', '"sluice": { "app"'],
    ['dist/api.js', 'The argument names dist/api.js, which does not exist.', 'Build the project first'],
    ['src', 'The argument names src, which is not a file.', '"sluice": { "app"'],
    [
      'package.json',
      'The argument names package.json, which is not a module of JavaScript or TypeScript.',
      '"sluice": { "app"',
    ],
    [undefined, 'No application was found in', '"sluice": { "app"'],
  ])('is refused if %s is not one, with a cure', (given, fault, cure) => {
    mkdirSync(path.join(folder, 'src'));
    expect(() => find(given)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(fault),
        cure: expect.stringContaining(cure),
      }),
    );
  });

  it('is another one for sluice dev, which does not read package.json, and whose cure does not name it', () => {
    write('package.json', '{ "sluice": { "app": "src/app.ts" } }');
    write('src/app.ts');
    const search = (given?: string) => findProgram(findProject(folder), given, folder);
    const cure = 'Name the module that listens: sluice dev src/server.ts';
    expect(() => search()).toThrow(expect.objectContaining({ cure }));
    expect(() => search('src/server.ts')).toThrow(expect.objectContaining({ cure }));
    write('src/main.ts');
    expect(path.relative(folder, search())).toBe(path.join('src', 'main.ts'));
  });

  it('is looked for in a project', () => {
    rmSync(path.join(folder, 'package.json'));
    expect(() => findProject(folder)).toThrow('There is no package.json');
    write('package.json', '{ name: notes }');
    expect(() => findProject(folder)).toThrow('is not JSON');
    write('package.json', '\uFEFF{ "name": "notes" }');
    expect(findProject(folder).manifest.name).toBe('notes');
  });

  it('knows the manifests above it, as far as they can be read', () => {
    write('package.json', '{ "name": "workspace" }');
    write('packages/api/package.json', '{ "name": "api" }');
    const list = () => listManifests(findProject(path.join(folder, 'packages/api'))).map(({ name }) => name);
    expect(list().slice(0, 2)).toEqual(['api', 'workspace']);
    write('package.json', '{');
    expect(list()).toEqual(['api']);
  });

  it.each([
    ['null', 'is not an object'],
    ['["notes"]', 'is not an object'],
    ['{ "sluice": "src/main.ts" }', 'must have the path of a module'],
    ['{ "sluice": { "app": ["src/main.ts"] } }', 'must have the path of a module'],
  ])('is refused if package.json is %s', (text, message) => {
    write('package.json', text);
    expect(() => findProject(folder)).toThrow(CliError);
    expect(() => findProject(folder)).toThrow(message);
  });
});
