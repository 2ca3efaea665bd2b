import {
  chmodSync,
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
import { namePackage } from '../src/check-folder';
import { EXIT } from '../src/exit-codes';
import { runCreate } from '../src/run-create';

describe('create', () => {
  let cwd: string;
  let printed: string;
  let noted: string;
  const run = (...args: string[]) =>
    runCreate(args, {
      cwd,
      userAgent: 'pnpm/10.34.8 npm/? node/v22.1.0 linux x64',
      isInteractive: false,
      print: (text) => void (printed += `${text}\n`),
      note: (text) => void (noted += `${text}\n`),
    });
  const place = (name: string): string => path.join(cwd, name);

  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), 'sluice-create-'));
    printed = noted = '';
  });

  afterEach(() => rmSync(cwd, { recursive: true }));

  it('makes a project without a question, and says how to start it', async () => {
    expect(await run('My Notes', '--no-install')).toBe(EXIT.done);
    expect(printed).toBe('Start it:\n\n  cd "My Notes" && pnpm install && pnpm run dev\n\n');
    expect(noted).toMatch(/^Made \d+ files in My Notes \(esm\)\.\n$/);
    const manifest = JSON.parse(readFileSync(place('My Notes/package.json'), 'utf8')) as { name: string };
    expect(manifest.name).toBe('my-notes');
  });

  it('makes it in the folder where it runs, if that is empty but for git', async () => {
    mkdirSync(place('.git'));
    expect(await run('.', '--no-install')).toBe(EXIT.done);
    expect(printed).toContain('\n  pnpm install && pnpm run dev\n');
    expect(existsSync(place('src/main.ts'))).toBe(true);
  });

  it('refuses a folder that is not empty, and writes nothing', async () => {
    mkdirSync(place('notes'));
    for (const name of ['a', 'b', 'c', 'd']) writeFileSync(place(`notes/${name}`), '');
    expect(await run('notes', '--no-install')).toBe(EXIT.usage);
    expect(noted).toContain('The folder notes is not empty: a, b, c, and 1 more.');
    expect(readdirSync(place('notes'))).toHaveLength(4);
    writeFileSync(place('file'), '');
    expect(await run('file', '--no-install')).toBe(EXIT.usage);
    expect(noted).toContain('file is a file.');
  });

  it('prints its help and its version', async () => {
    expect(await run('--help')).toBe(EXIT.done);
    expect(printed).toContain('--template <name>');
    expect(await run('--version')).toBe(EXIT.done);
    expect(printed).toMatch(/\n\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ['My App', 'my-app'],
    ['/tmp/Ünotes_2', 'notes_2'],
    ['.hidden', 'hidden'],
    ['日本', 'my-app'],
  ])('names the package of the folder %s %s', (folder, name) => {
    expect(namePackage(folder)).toBe(name);
  });

  describe('and installs', () => {
    const { PATH } = process.env;

    /** A program named pnpm that writes down how it was called. */
    const usePnpm = (exitCode: number): void => {
      mkdirSync(place('bin'));
      writeFileSync(
        place('bin/pnpm'),
        `#!/bin/sh\necho "$PWD $*" > "${place('called')}"\nexit ${exitCode}\n`,
      );
      chmodSync(place('bin/pnpm'), 0o755);
      process.env['PATH'] = `${place('bin')}:${PATH}`;
    };

    afterEach(() => (process.env['PATH'] = PATH));

    it('with the manager that runs it, which alone leaves a lock file', async () => {
      usePnpm(0);
      expect(await run('notes', '--offline')).toBe(EXIT.done);
      expect(readFileSync(place('called'), 'utf8')).toMatch(/\/notes install --offline\n$/);
      expect(readdirSync(place('notes')).filter((name) => /lock/.test(name))).toEqual([]);
      expect(printed).toContain('cd notes && pnpm run dev');
    });

    it('says that it failed, with code 1, and keeps the project', async () => {
      usePnpm(7);
      expect(await run('notes')).toBe(EXIT.failed);
      expect(noted).toContain('The project is there, and pnpm install failed (7).');
      expect(existsSync(place('notes/package.json'))).toBe(true);
    });
  });
});
