import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install-packages';

/**
 * Makes a lock file to begin with: that of this repository, which knows the engine's binaries for every platform. Behind a
 * mirror that has only some of them, npm would leave the others out, and `npm ci` would refuse the lock file.
 */
export function makeFirstLock(manifest: { readonly name: string }): string {
  const { packages, ...lock } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { link?: boolean }>;
  };
  const kept = Object.entries(packages).filter(([name, one]) => /^node_modules\//.test(name) && !one.link);
  return JSON.stringify({
    ...lock,
    name: manifest.name,
    packages: { '': manifest, ...Object.fromEntries(kept) },
  });
}
