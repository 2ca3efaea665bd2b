import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const ROOT = path.resolve(__dirname, '../..');
const LOCK = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');

interface Vendored {
  readonly folder: string;
  readonly program: string;
  /** The npm package that the files are from. */
  readonly origin: string;
  /** By the name of the file, a text in it. */
  readonly licences: Readonly<Record<string, string>>;
}

const VENDORED: readonly Vendored[] = [
  {
    folder: 'swagger-ui',
    program: 'Swagger UI',
    origin: 'swagger-ui-dist',
    licences: {
      LICENSE: 'Apache License',
      NOTICE: 'SmartBear',
      'swagger-ui-bundle.js.LICENSE.txt': 'DOMPurify',
    },
  },
  {
    folder: 'openapi-scalar',
    program: 'Scalar',
    origin: '@scalar/api-reference',
    licences: { LICENSE: 'Copyright (c) 2023-present Scalar', 'standalone.js.LICENSE.txt': 'Evan) You' },
  },
];

describe.each(VENDORED)('the files of $program', ({ folder, program, origin, licences }) => {
  const home = path.join(ROOT, 'packages', folder);
  const locate = (file: string): string => path.join(home, 'ui', file);
  const read = (file: string): string => readFileSync(path.join(home, file), 'utf8');
  const { version, integrity, files } = JSON.parse(read('ui/pinned.json')) as {
    version: string;
    integrity: string;
    files: Record<string, string>;
  };

  it('are the pinned ones', () => {
    for (const [name, hash] of Object.entries(files)) {
      const content = brotliDecompressSync(readFileSync(locate(`${name}.br`)));
      expect([name, createHash('sha256').update(content).digest('hex')]).toEqual([name, hash]);
    }
  });

  it('come with their licences, and nothing else does', () => {
    const served = Object.keys(files).map((name) => `${name}.br`);
    expect(readdirSync(path.join(home, 'ui')).sort()).toEqual(
      [...served, ...Object.keys(licences), 'pinned.json'].sort(),
    );
    for (const [name, text] of Object.entries(licences)) expect(read(`ui/${name}`)).toContain(text);
    expect((JSON.parse(read('package.json')) as { files: string[] }).files).toContain('ui');
  });

  it('are of the version that the script and the README name', () => {
    expect(read('fetch-ui.mjs')).toContain(`'${version}'`);
    expect(read('fetch-ui.mjs')).toContain(`'${integrity}'`);
    expect(read('README.md')).toContain(`${program} ${version}`);
  });

  it('have the size that the README says', () => {
    const bytes = Object.keys(files).reduce((sum, name) => sum + statSync(locate(`${name}.br`)).size, 0);
    expect(read('README.md')).toContain(`${program}: ${Math.round(bytes / 1000)} kB with \`br\``);
  });

  it('are there without the package that they are from', () => {
    expect(LOCK).not.toContain(`"node_modules/${origin}"`);
  });
});

it('no package that reports installations is installed', () => {
  expect(LOCK).not.toContain('scarf');
});

it('each package in the program of Scalar comes with the whole text of its licence', () => {
  const file = path.join(ROOT, 'packages/openapi-scalar/ui/standalone.js.LICENSE.txt');
  const texts = readFileSync(file, 'utf8').split(`\n${'-'.repeat(80)}\n`);
  const isWhole = (text: string): boolean =>
    /Permission (?:is hereby granted|to use)|Apache License|Redistribution and use/.test(text);
  expect(texts.filter((text) => !isWhole(text))).toEqual([]);
});
