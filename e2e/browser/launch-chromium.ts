import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium';

/** The time limit for a browser to start, and for a test to use it, on a busy machine, in milliseconds. */
export const BROWSER_TIMEOUT_MS = 60_000;

/** Without these, Chromium connects to servers other than those of the tests. */
const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a headless Chromium, which the caller must close. Throws Error if there is none. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ARGUMENTS,
    // The sandbox does not run as root.
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: BROWSER_TIMEOUT_MS,
  });
}
