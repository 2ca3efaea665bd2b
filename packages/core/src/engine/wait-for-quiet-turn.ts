import { setImmediate } from 'node:timers/promises';

const MOST_TURNS = 200;

/**
 * Resolves right behind a turn of the event loop in which no connection arrived, or after many turns: connections that
 * wait when the listener of a shared port closes are lost.
 */
export async function waitForQuietTurn(countArrivals: () => number): Promise<void> {
  // This turn may have accepted connections already.
  await setImmediate();
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const before = countArrivals();
    await setImmediate();
    if (countArrivals() === before) return;
  }
}
