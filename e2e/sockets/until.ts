import { setTimeout as wait } from 'node:timers/promises';

/** Waits until a condition holds, up to a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds());) {
    if (performance.now() > end) throw new Error(`It has not happened within a minute: ${String(holds)}`);
    await wait(50);
  }
}
