import { setTimeout as sleep } from 'node:timers/promises';
import { makeConflict } from './make-conflict';

const MOST_ATTEMPTS = 12;
const LONGEST_WAIT_MS = 100;

/**
 * Attempts a write until it returns something: at once for a second time, then after waits of random length, which grow,
 * so that the writers of many processes do not meet again and again.
 *
 * @throws HttpError 503 when other requests win every attempt
 */
export async function attemptOften<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts++) {
    if (attempts > 2) await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 2 ** attempts));
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw makeConflict('Too many requests are changing the session at the same time.');
}
