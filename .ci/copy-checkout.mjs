// Copies the checkout as it is, uncommitted changes included, for a job that has an install of its own.
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.mjs';

const NOT_COPIED = new Set(['node_modules', '.git', '.cache', 'coverage']);

/** Makes the folder a copy of the checkout; what is installed in it stays. */
export function copyCheckout(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name !== 'node_modules') rmSync(path.join(folder, name), { recursive: true });
  }
  for (const name of readdirSync(ROOT)) {
    if (NOT_COPIED.has(name)) continue;
    cpSync(path.join(ROOT, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !NOT_COPIED.has(path.basename(source)),
    });
  }
}
