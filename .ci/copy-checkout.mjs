// Copies the checkout as it is, uncommitted changes included, for a job that has an install of its own.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.mjs';

const NOT_COPIED = ['node_modules', '.git', '.cache', 'coverage'];

/** Makes the folder a copy of the checkout, without what was built if it is `clean`; what is installed in it stays. */
export function copyCheckout(folder, { clean = false } = {}) {
  const left = new Set(clean ? [...NOT_COPIED, 'dist', 'tsconfig.tsbuildinfo'] : NOT_COPIED);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name !== 'node_modules') rmSync(path.join(folder, name), { recursive: true });
  }
  for (const name of readdirSync(ROOT)) {
    if (left.has(name)) continue;
    cpSync(path.join(ROOT, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !left.has(path.basename(source)),
    });
  }
}
