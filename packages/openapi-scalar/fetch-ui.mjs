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

// The package has no licence files. Those of the packages that are in its bundle are found by an installation.
const folder = mkdtempSync(path.join(tmpdir(), 'scalar-'));
try {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', `${NAME}@${VERSION}`, ...flags], { cwd: folder });
  const modules = path.join(folder, 'node_modules');
  writeFileSync(path.join(target, 'LICENSE'), readFileSync(path.join(modules, '@scalar/types/LICENSE')));
  const map = JSON.parse(readFileSync(path.join(modules, NAME, 'dist/browser/standalone.js.map'), 'utf8'));
  writeFileSync(path.join(target, 'standalone.js.LICENSE.txt'), writeLicences(findBundled(map), modules));
} finally {
  rmSync(folder, { recursive: true });
}

/** The names of the packages from which a bundle was made. */
function findBundled({ sources }) {
  const names = sources.map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

/** Each licence once, below the names of the packages that have it. */
function writeLicences(names, modules) {
  const byText = new Map();
  for (const name of names) {
    const text = findLicence(name, path.join(modules, name));
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText]
    .map(([text, owners]) => `${owners.join(', ')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function findLicence(name, folder) {
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(path.join(folder, file), 'utf8').replaceAll('\r', '').trim();
  const licence = execFileSync('npm', ['view', name, 'license'], { cwd: tmpdir(), encoding: 'utf8' }).trim();
  return `Licence: ${licence}. There is no text of it in the package, or the package is not installed any longer.`;
}
