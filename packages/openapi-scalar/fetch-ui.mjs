// Writes the file of Scalar that the page needs to ui/, and the licences of what is in it. For a new version: change VERSION
// and INTEGRITY, run `node fetch-ui.mjs`, and commit ui/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vendorFiles } from '../../.ci/vendor-files.mjs';

const NAME = '@scalar/api-reference';
const VERSION = '1.72.1';
/** `npm view @scalar/api-reference@<version> dist.integrity` */
const INTEGRITY =
  'sha512-XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow==';

const target = path.join(import.meta.dirname, 'ui');
vendorFiles({
  name: NAME,
  version: VERSION,
  integrity: INTEGRITY,
  served: ['dist/browser/standalone.js'],
  target,
});

/** The packages that are MIT by their package.json and have no text of it: the owner that their repository or it names. */
const OWNERS = {
  '@headlessui/vue': 'Copyright (c) 2020 Tailwind Labs',
  '@replit/codemirror-css-color-picker': 'Author: Faris Masad',
};

// The package has no licence files. Those of the packages that are in its bundle are found by an installation.
const folder = mkdtempSync(path.join(tmpdir(), 'scalar-'));
const modules = path.join(folder, 'node_modules');
try {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  install(`${NAME}@${VERSION}`);
  const own = readLicence('@scalar/types');
  writeFileSync(path.join(target, 'LICENSE'), `${own}\n`);
  const map = JSON.parse(readFileSync(path.join(modules, NAME, 'dist/browser/standalone.js.map'), 'utf8'));
  const versions = findBundled(map);
  const missing = [...versions].filter(([name]) => !existsSync(path.join(modules, name)));
  install(...missing.map((one) => one.join('@')));
  writeFileSync(path.join(target, 'standalone.js.LICENSE.txt'), writeLicences([...versions.keys()], own));
} finally {
  rmSync(folder, { recursive: true });
}

function install(...names) {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...names, ...flags], { cwd: folder });
}

/** The packages from which a bundle was made, with their versions, sorted by name. */
function findBundled({ sources }) {
  const found = sources
    .map((source) =>
      /.*node_modules\/\.pnpm\/[^/]+?@(\d[^/_]*)[^/]*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source),
    )
    .filter((match) => match !== null)
    .map(([, version, name]) => [name, version]);
  return new Map(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Each licence once, below the names of the packages that have it. */
function writeLicences(names, mit) {
  const byText = new Map();
  for (const name of names) {
    const text = readLicence(name) ?? mit.replace(/^Copyright.*$/m, findOwner(name));
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText]
    .map(([text, owners]) => `${owners.join(', ')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function readLicence(name) {
  const file = readdirSync(path.join(modules, name)).find((entry) => /^licen[cs]e/i.test(entry));
  return (
    file &&
    readFileSync(path.join(modules, name, file), 'utf8')
      .replaceAll('\r', '')
      .trim()
  );
}

function findOwner(name) {
  const { license } = JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
  if (OWNERS[name] === undefined || license !== 'MIT')
    throw new Error(`${name} (${license}) has no text of its licence: find it, and add the owner to OWNERS.`);
  return OWNERS[name];
}
