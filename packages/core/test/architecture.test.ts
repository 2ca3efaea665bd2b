import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findCircles } from './find-circles';
import { ROOMS } from './rooms';
import { isAnyUsed, listFiles, readImports, type Import } from './source-files';

const ROOT = path.resolve(__dirname, '../../..');
const PACKAGES = path.join(ROOT, 'packages');
const CORE = path.join(PACKAGES, 'core', 'src');
const LONGEST_FILE = 200;
const LARGEST_FOLDER = 25;
const DRAWERS = /^(utils?|helpers?|common|base|manager|misc|shared)$/;

/** The front door may import everything. */
const FRONT_DOOR = ['app', 'index.ts', 'kit.ts'];

/** The headings of a package's README, in this order; others may be between them. */
const CORE_HEADINGS = ['Install', 'Use'];
/** Programs, which do nothing to a request. */
const TOOLS = ['cli', 'create-sluice'];
const TOOL_HEADINGS = ['Install', 'Use', 'Options', 'Errors'];
/** `npm create sluice` runs the package of this name. */
const UNSCOPED = ['create-sluice'];
const MIDDLEWARE_HEADINGS = ['Install', 'Use', 'Options', 'What it changes', 'Order', 'Security', 'Errors'];

const packages = readdirSync(PACKAGES).filter((name) =>
  existsSync(path.join(PACKAGES, name, 'package.json')),
);
const nameOf = (folder: string): string => (UNSCOPED.includes(folder) ? folder : `@sluice/${folder}`);
const coreFiles = listFiles(CORE).map((file) => path.relative(CORE, file));

function findRoom(file: string): string {
  return file.split(path.sep)[0] ?? '';
}

/** The room of core that an import leads to, or undefined for a package. */
function findTarget(file: string, wanted: Import): string | undefined {
  if (!wanted.from.startsWith('.')) return undefined;
  return findRoom(path.relative(CORE, path.resolve(CORE, path.dirname(file), wanted.from)));
}

function isAllowed(room: string, target: string, wanted: Import): boolean {
  if (room === target) return true;
  const permission = ROOMS[room]?.[target];
  return permission === 'all' || (permission === 'types' && wanted.typesOnly);
}

function findImporters(matches: (from: string) => boolean): string[] {
  return coreFiles.filter((file) => readImports(path.join(CORE, file)).some(({ from }) => matches(from)));
}

describe('the rooms of core', () => {
  it('are those of the table, and the front door', () => {
    expect(readdirSync(CORE).sort()).toEqual([...Object.keys(ROOMS), ...FRONT_DOOR].sort());
  });

  it.each(Object.keys(ROOMS))('%s imports only from the rooms listed for it', (room) => {
    const files = coreFiles.filter((file) => findRoom(file) === room);
    const broken = files.flatMap((file) =>
      readImports(path.join(CORE, file))
        .filter((wanted) => {
          const target = findTarget(file, wanted);
          return target !== undefined && !isAllowed(room, target, wanted);
        })
        .map((wanted) => `${file} imports ${wanted.from}`),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
  });

  it('import what they load late', () => {
    expect(readImports(path.join(CORE, 'engine', 'make-engine.ts'))).toContainEqual({
      from: './uws/uws-engine',
      typesOnly: false,
    });
  });

  it('import uWebSockets.js in engine/uws only', () => {
    const importers = findImporters((from) => /^uWebSockets\.js/.test(from));
    expect(importers.length).toBeGreaterThan(0);
    for (const file of importers) expect(file).toMatch(/^engine[\\/]uws[\\/]/);
  });

  it('import reflect-metadata in metadata/store.ts only', () => {
    expect(findImporters((from) => from.startsWith('reflect-metadata'))).toEqual([
      path.join('metadata', 'store.ts'),
    ]);
  });
});

describe('the files', () => {
  const folders = ['packages', 'e2e', 'benchmarks'].map((name) => path.join(ROOT, name));
  const files = folders.flatMap(listFiles).filter((file) => !/[\\/](node_modules|dist|test)[\\/]/.test(file));

  it('import each other in no circle, types included', () => {
    expect(files.length).toBeGreaterThan(300);
    const circles = findCircles(files).map((circle) => circle.map((file) => path.relative(ROOT, file)));
    expect(circles).toEqual([]);
  });

  it(`are at most ${LARGEST_FOLDER} a folder`, () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1);
    const large = [...counts].filter(([, count]) => count > LARGEST_FOLDER);
    expect(large.map(([folder, count]) => `${path.relative(ROOT, folder)}: ${count}`)).toEqual([]);
  });
});

describe.each(packages)('packages/%s', (name) => {
  const folder = path.join(PACKAGES, name);
  const files = listFiles(path.join(folder, 'src'));

  it('is the package of that name', () => {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string };
    expect(manifest.name).toBe(nameOf(name));
  });

  it(`has no source file over ${LONGEST_FILE} lines`, () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > LONGEST_FILE)
      .map(({ file, lines }) => `${path.relative(folder, file)}: ${lines}`);
    expect(files.length).toBeGreaterThan(0);
    expect(long).toEqual([]);
  });

  it('has no file or folder that everything falls into', () => {
    const words = files.flatMap((file) => path.relative(folder, file).replace(/\.ts$/, '').split(path.sep));
    expect(words.filter((word) => DRAWERS.test(word))).toEqual([]);
  });

  it('names its files in kebab-case', () => {
    const names = files.map((file) => path.basename(file));
    expect(names.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(file))).toEqual([]);
  });

  it('has no `any`', () => {
    expect(files.filter(isAnyUsed).map((file) => path.relative(folder, file))).toEqual([]);
  });

  it('imports other packages by their public names only', () => {
    const deep = files.flatMap((file) =>
      readImports(file)
        .map(({ from }) => from)
        .filter(
          (from) =>
            /^@sluice\/(?!core\/kit$|openapi\/page$)[^/]+\//.test(from) || isOutside(folder, file, from),
        ),
    );
    expect(deep).toEqual([]);
  });

  it('has a README with the headings of the house, in their order', () => {
    const text = readFileSync(path.join(folder, 'README.md'), 'utf8');
    const headings = [...text.matchAll(/^#{2,3} +(.+?) *$/gm)].map((match) => match[1]);
    const required =
      name === 'core' ? CORE_HEADINGS : TOOLS.includes(name) ? TOOL_HEADINGS : MIDDLEWARE_HEADINGS;
    expect(text).toMatch(new RegExp(`^# ${nameOf(name)}\\n\\n\\S`));
    expect(headings.filter((heading) => required.includes(heading ?? ''))).toEqual(required);
  });
});

function isOutside(folder: string, file: string, from: string): boolean {
  if (!from.startsWith('.')) return false;
  return path.relative(path.join(folder, 'src'), path.resolve(path.dirname(file), from)).startsWith('..');
}
