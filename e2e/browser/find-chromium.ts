import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds Chromium or Chrome: the program in `CHROMIUM_PATH`, else the first on the PATH.
 *
 * @throws Error that says what to install
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const { CHROMIUM_PATH: chosen, PATH = '' } = environment;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`The browser tests need Chromium, and CHROMIUM_PATH (${chosen}) is not a program.`);
  }
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium or Google Chrome, and none was found on the PATH. ' +
      'Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to the program.',
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
