import { setTimeout as wait } from 'node:timers/promises';

/** Waits until a condition holds, up to a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let count = 0; !(await holds()); count++) {
    if (count > 1200) throw new Error(`It has not happened within a minute: ${String(holds)}`);
    await wait(50);
  }
}
