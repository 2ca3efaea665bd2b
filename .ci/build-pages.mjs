// Builds the pages of the samples that have one with Vite, those whose sources have changed only.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.mjs';
import { runCommand } from './run-command.mjs';

const CONFIGURATION = 'vite.config.mjs';

/** Runs `vite build` in the folders that have a configuration for it. The output is that of the failures. */
export async function buildPages(folders) {
  let failures = '';
  for (const folder of folders.map((one) => path.join(ROOT, one))) {
    if (!existsSync(path.join(folder, CONFIGURATION)) || isBuilt(folder)) continue;
    const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
    const { code, output } = await runCommand(process.execPath, [vite, 'build'], {
      cwd: folder,
      quiet: true,
    });
    if (code !== 0) failures += output;
  }
  return { code: failures === '' ? 0 : 1, output: failures };
}

/** Whether the page is newer than all its sources. */
function isBuilt(folder) {
  const page = path.join(folder, 'dist/page/index.html');
  if (!existsSync(page)) return false;
  const sources = readdirSync(path.join(folder, 'page'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const builtAt = statSync(page).mtimeMs;
  return [CONFIGURATION, ...sources].every((file) => statSync(path.resolve(folder, file)).mtimeMs < builtAt);
}
