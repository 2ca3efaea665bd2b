// Takes files that a browser runs out of an npm package, and writes them to a folder, each compressed with brotli, beside
// its licences and `pinned.json`. The package is not installed, and none of its scripts runs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * `integrity` is `npm view <name>@<version> dist.integrity`; `served` and `licences` are paths in the package. Throws
 * Error if the tarball is not the pinned one.
 */
export function vendorFiles({ name, version, integrity, served, licences = [], target }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'vendor-files-'));
  try {
    execFileSync('npm', ['pack', `${name}@${version}`, '--ignore-scripts', '--silent'], { cwd: folder });
    const tarball = path.join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    const found = `sha512-${hash('sha512', readFileSync(tarball), 'base64')}`;
    if (found !== integrity) throw new Error(`The tarball is ${found}, and not the pinned one.`);
    execFileSync('tar', ['xzf', tarball], { cwd: folder });
    const locate = (file) => path.join(folder, 'package', file);
    for (const file of licences) copyFileSync(locate(file), path.join(target, path.basename(file)));
    const files = {};
    for (const file of served) {
      const content = readFileSync(locate(file));
      files[path.basename(file)] = hash('sha256', content, 'hex');
      writeFileSync(path.join(target, `${path.basename(file)}.br`), compress(content));
    }
    const pinned = { version, integrity, files };
    writeFileSync(path.join(target, 'pinned.json'), `${JSON.stringify(pinned, undefined, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compress(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
}

function hash(algorithm, content, encoding) {
  return createHash(algorithm).update(content).digest(encoding);
}
