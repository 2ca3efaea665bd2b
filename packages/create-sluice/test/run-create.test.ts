import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
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

  it('says in one line that it cannot write, with code 1', async () => {
    writeFileSync(place('file'), '');
    symlinkSync(place('nowhere'), place('broken'));
    for (const folder of ['file/notes', 'broken', 'x'.repeat(300)]) {
      noted = '';
      expect(await run(folder, '--no-install')).toBe(EXIT.failed);
      expect(noted).toMatch(/^The project cannot be written: E[A-Z]+: .*\nGive .*\n$/);
    }
  });

  it('takes no option for the name of a folder', async () => {
    expect(await run('--', '--no-install')).toBe(EXIT.usage);
    expect(noted).toContain('--no-install begins with a dash');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([
    ["it's", `"it's"`],
    ['a$b', "'a$b'"],
    ['a&b', '"a&b"'],
    ['a"b', `'a"b'`],
    [`$'"`, `'$'\\''"'`],
    ['~x', '"~x"'],
    ['größe', 'größe'],
    ['@scope/name', '@scope/name'],
  ])('quotes the folder %s for a shell', async (folder, quoted) => {
    expect(await run(folder, '--no-install')).toBe(EXIT.done);
    expect(printed).toContain(`\n  cd ${quoted} && pnpm install`);
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
    ['node_modules', 'my-app'],
    ['favicon.ico', 'my-app'],
    ['x'.repeat(230), 'x'.repeat(214)],
  ])('names the package of the folder %s %s', (folder, name) => {
    expect(namePackage(folder)).toBe(name);
  });
});
