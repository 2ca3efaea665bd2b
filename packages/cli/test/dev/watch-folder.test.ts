import fs, { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderWatch } from '../../src/dev/watch-folder';

describe('a watched folder', () => {
  let folder: string;
  let watch: FolderWatch;
  let seen: Set<string>;
  const place = (name: string): string => path.join(folder, name);
  const start = (isDeep?: boolean): void => {
    seen = new Set();
    const report = (files: readonly string[]): void =>
      files.forEach((file) => seen.add(path.relative(folder, file)));
    watch = new FolderWatch(folder, report, isDeep);
  };
  const waitFor = async (name: string): Promise<void> => {
    for (let count = 0; !seen.has(name); count++) {
      if (count > 4000) throw new Error(`${name} was not reported.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-watch-'));
    for (const name of ['deep/er', 'node_modules/a', '.cache']) mkdirSync(place(name), { recursive: true });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    watch.close();
    rmSync(folder, { recursive: true });
  });

  it('reports sources below it, and nothing that is made from them', async () => {
    start();
    const others = ['node_modules/a/a.js', '.cache/b.js', 'notes.md', '.#notes.ts', '.prettierrc.json'];
    for (const name of others) writeFileSync(place(name), '');
    writeFileSync(place('deep/er/notes.ts'), '');
    writeFileSync(place('.env'), '');
    await waitFor(path.join('deep', 'er', 'notes.ts'));
    await waitFor('.env');
    expect([...seen].sort()).toEqual(['.env', path.join('deep', 'er', 'notes.ts')]);
  });

  it('ignores what is built beside package.json, and not sources in a folder of the same name', async () => {
    writeFileSync(place('package.json'), '{}');
    for (const name of ['dist', 'build', 'coverage', 'src/build'])
      mkdirSync(place(name), { recursive: true });
    start();
    for (const name of ['dist/a.js', 'build/b.js', 'coverage/c.js']) writeFileSync(place(name), '');
    writeFileSync(place('src/build/notes.ts'), '');
    await waitFor(path.join('src', 'build', 'notes.ts'));
    expect([...seen]).toEqual([path.join('src', 'build', 'notes.ts')]);
    mkdirSync(place('src/dist'));
    writeFileSync(place('src/dist/late.ts'), '');
    await waitFor(path.join('src', 'dist', 'late.ts'));
  });

  it('reports what is renamed, as editors do it, and what is removed', async () => {
    writeFileSync(place('a.ts'), '');
    start();
    writeFileSync(place('b.tmp'), 'new');
    renameSync(place('b.tmp'), place('b.ts'));
    await waitFor('b.ts');
    rmSync(place('a.ts'));
    await waitFor('a.ts');
  });

  it('watches folders that come later, with what they have already', async () => {
    start();
    mkdirSync(place('late'));
    writeFileSync(place('late/first.ts'), '');
    await waitFor(path.join('late', 'first.ts'));
    writeFileSync(place('late/second.ts'), '');
    await waitFor(path.join('late', 'second.ts'));
  });

  it('reports everything below a folder that comes with others in it', async () => {
    start();
    mkdirSync(place('late/deep/er'), { recursive: true });
    writeFileSync(place('late/deep/er/first.ts'), '');
    await waitFor(path.join('late', 'deep', 'er', 'first.ts'));
  });

  it('watches a folder that is removed and made again', async () => {
    start();
    rmSync(place('deep'), { recursive: true });
    mkdirSync(place('deep/er'), { recursive: true });
    writeFileSync(place('deep/er/first.ts'), '');
    await waitFor(path.join('deep', 'er', 'first.ts'));
    writeFileSync(place('deep/er/second.ts'), '');
    await waitFor(path.join('deep', 'er', 'second.ts'));
  });

  it('is watched again after it has been removed and made again', async () => {
    const sources = place('deep');
    seen = new Set();
    watch = new FolderWatch(sources, (files) =>
      files.forEach((file) => seen.add(path.relative(folder, file))),
    );
    rmSync(sources, { recursive: true });
    mkdirSync(path.join(sources, 'er'), { recursive: true });
    writeFileSync(path.join(sources, 'er/first.ts'), '');
    await waitFor(path.join('deep', 'er', 'first.ts'));
    writeFileSync(path.join(sources, 'second.ts'), '');
    await waitFor(path.join('deep', 'second.ts'));
  });

  it('goes on if a folder is gone before it can be watched', async () => {
    start();
    const { watch: watchReally } = fs;
    const spy = jest.spyOn(fs, 'watch').mockImplementationOnce((...asked) => {
      rmSync(place('short'), { recursive: true });
      return watchReally(...asked);
    });
    mkdirSync(place('short'));
    while (spy.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync(place('last.ts'), '');
    await waitFor('last.ts');
  });

  it('watches only itself if it is not deep', async () => {
    start(false);
    writeFileSync(place('deep/notes.ts'), '');
    writeFileSync(place('tsconfig.json'), '');
    await waitFor('tsconfig.json');
    expect([...seen]).toEqual(['tsconfig.json']);
  });
});
