import { setTimeout as wait } from 'node:timers/promises';
import { LONGEST_WAIT_MS } from './within';

const MOST_BETWEEN_MS = 50;

/** Waits until a condition holds. Rejects if it takes longer than other waits, with what has happened meanwhile. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  describe: () => string = () => '',
  mostMs = LONGEST_WAIT_MS,
): Promise<void> {
  const end = performance.now() + mostMs;
  for (let between = 1; !(await holds()); between = Math.min(2 * between, MOST_BETWEEN_MS)) {
    if (performance.now() > end)
      throw new Error(`It has not happened within ${mostMs} ms: ${String(holds)}\n${describe()}`);
    await wait(between);
  }
}
