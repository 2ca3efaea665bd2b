import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const PACKAGE = path.resolve(__dirname, '..');
const UI = path.join(PACKAGE, 'ui');
const read = (file: string): string => readFileSync(path.join(PACKAGE, file), 'utf8');
const { version, files } = JSON.parse(read('ui/pinned.json')) as {
  version: string;
  files: Record<string, string>;
};

describe('the files of Swagger UI', () => {
  it.each(Object.entries(files))('%s is the pinned one', (name, hash) => {
    const content = brotliDecompressSync(readFileSync(path.join(UI, `${name}.br`)));
    expect(createHash('sha256').update(content).digest('hex')).toBe(hash);
  });

  it('come with their licences, and nothing else does', () => {
    const licences = ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'];
    const expected = [...Object.keys(files).map((name) => `${name}.br`), ...licences, 'pinned.json'];
    expect(readdirSync(UI).sort()).toEqual(expected.sort());
    expect(read('ui/LICENSE')).toContain('Apache License');
    expect(read('ui/NOTICE')).toContain('SmartBear');
    expect((JSON.parse(read('package.json')) as { files: string[] }).files).toContain('ui');
  });

  it('are of the version that the script and the README name', () => {
    expect(read('fetch-ui.mjs')).toContain(`const VERSION = '${version}';`);
    expect(read('README.md')).toContain(`Swagger UI ${version}`);
  });

  it('have the size that the README says', () => {
    const bytes = Object.keys(files).reduce(
      (sum, name) => sum + statSync(path.join(UI, `${name}.br`)).size,
      0,
    );
    expect(read('README.md')).toContain(`Swagger UI: ${Math.round(bytes / 1000)} kB with \`br\``);
  });

  it('bring no package that reports installations', () => {
    expect(readFileSync(path.resolve(PACKAGE, '../../package-lock.json'), 'utf8')).not.toContain('scarf');
  });
});
