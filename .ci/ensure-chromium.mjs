// Finds the browser that the browser tests drive, or installs it, or says what to install.
import { ensureProgram } from './ensure-program.mjs';
import { findOnPath, isProgram } from './find-program.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome, `CHROMIUM_PATH` first, or undefined. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  return findOnPath(...NAMES) ?? ELSEWHERE.find(isProgram);
}

/** The path of the browser; installs Debian's where that is possible and ends the process where it isn't. */
export function ensureChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  return ensureProgram({
    find: findChromium,
    name: 'Chromium',
    // A user who has chosen a program does not want another one.
    debianPackage: chosen ? undefined : 'chromium',
    explain: () =>
      chosen
        ? `The browser tests need Chromium, and CHROMIUM_PATH (${chosen}) is not a program.`
        : WHAT_TO_INSTALL.join('\n'),
  });
}

const WHAT_TO_INSTALL = [
  'The browser tests need Chromium or Google Chrome, and none was found on the PATH.',
  'Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium',
  'Fedora:          sudo dnf install -y chromium',
  'Alpine:          apk add chromium',
  'macOS:           brew install --cask google-chrome',
  'Elsewhere:       install it, and set CHROMIUM_PATH to the program',
];
