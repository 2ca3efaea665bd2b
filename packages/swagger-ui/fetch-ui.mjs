// Takes the files of Swagger UI that the page needs out of its npm package, and writes them to ui/, each compressed with
// brotli. For a new version: change VERSION and INTEGRITY, run `node fetch-ui.mjs`, and commit ui/. The package is not
// installed, because it depends on one that reports installations.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const VERSION = '5.35.0';
/** `npm view swagger-ui-dist@<version> dist.integrity` */
const INTEGRITY =
  'sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==';
const SERVED = ['swagger-ui-bundle.js', 'swagger-ui.css', 'oauth2-redirect.js', 'favicon-32x32.png'];
const LICENSES = ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'];

const target = path.join(import.meta.dirname, 'ui');
const folder = mkdtempSync(path.join(tmpdir(), 'swagger-ui-'));
try {
  execFileSync('npm', ['pack', `swagger-ui-dist@${VERSION}`, '--ignore-scripts', '--silent'], {
    cwd: folder,
  });
  const tarball = path.join(folder, `swagger-ui-dist-${VERSION}.tgz`);
  const found = `sha512-${hash('sha512', readFileSync(tarball), 'base64')}`;
  if (found !== INTEGRITY) throw new Error(`The tarball is ${found}, and not the pinned one.`);
  execFileSync('tar', ['xzf', tarball], { cwd: folder });
  const read = (name) => readFileSync(path.join(folder, 'package', name));
  for (const name of LICENSES) copyFileSync(path.join(folder, 'package', name), path.join(target, name));
  for (const name of SERVED) writeFileSync(path.join(target, `${name}.br`), compress(read(name)));
  const files = Object.fromEntries(SERVED.map((name) => [name, hash('sha256', read(name), 'hex')]));
  const pinned = { version: VERSION, integrity: INTEGRITY, files };
  writeFileSync(path.join(target, 'pinned.json'), `${JSON.stringify(pinned, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function compress(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
}

function hash(algorithm, content, encoding) {
  return createHash(algorithm).update(content).digest(encoding);
}
