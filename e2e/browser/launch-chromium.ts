import { chromium, type Browser } from 'playwright-core';
import { findChromium } from './find-chromium';

/** How long a suite may take to get its browser, and a test to use it, on a busy machine; milliseconds. */
export const BROWSER_TIMEOUT_MS = 60_000;

/** It talks to the servers of the tests and to nobody else. */
const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a headless Chromium; close it. Throws Error where there is none. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ARGUMENTS,
    // The sandbox refuses to run as root.
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: BROWSER_TIMEOUT_MS,
  });
}
