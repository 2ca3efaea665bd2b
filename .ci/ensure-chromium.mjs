// Finds the browser that the browser tests drive, or installs it, or says what to install.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { runOrExit } from './run-command.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium or Chrome, `CHROMIUM_PATH` first, or undefined. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...ELSEWHERE].find(
    isProgram,
  );
}

/** The path of the browser; installs Debian's where that is possible and ends the process where it isn't. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (!process.env.CHROMIUM_PATH && isRootOnDebian()) {
    process.stdout.write('Installing Chromium for the browser tests (once, with apt-get) ...\n');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runOrExit('apt-get update', 'apt-get', ['update'], { env });
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    await runOrExit('apt-get install chromium', 'apt-get', install, { env });
    const installed = findChromium();
    if (installed) return installed;
  }
  process.stderr.write(explainMissing());
  process.exit(1);
}

function explainMissing() {
  if (process.env.CHROMIUM_PATH) {
    return `The browser tests need Chromium, and CHROMIUM_PATH (${process.env.CHROMIUM_PATH}) is no program.\n`;
  }
  return [
    'The browser tests need Chromium or Google Chrome, and none was found on the PATH.',
    'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium',
    'Fedora:          sudo dnf install -y chromium',
    'macOS:           brew install --cask google-chrome',
    'Elsewhere:       install it, and set CHROMIUM_PATH to the program',
    '',
  ].join('\n');
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
