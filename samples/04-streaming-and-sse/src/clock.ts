import { setTimeout as wait } from 'node:timers/promises';
import { sseEvent, type SseEvent } from '@sluice/core';

/** The most ticks that a client receives when it reconnects. */
const MOST_MISSED = 60;

/** An event for each second, with the second as its id. Begins after the last event that the client has seen. */
export async function* runClock(last: string | undefined, signal: AbortSignal): AsyncGenerator<SseEvent> {
  for (let second = findFirst(last); ; second++) {
    const early = second * 1000 - Date.now();
    if (early > 0) await wait(early, undefined, { signal });
    yield sseEvent({ time: formatTime(second) }, { id: second, event: 'tick' });
  }
}

/** A client may send anything as the last id. If it is not a second of the last minute, the clock begins now. */
function findFirst(last: string | undefined): number {
  const now = Math.floor(Date.now() / 1000);
  const next = Number(last) + 1;
  return Number.isSafeInteger(next) && next >= now - MOST_MISSED && next <= now + 1 ? next : now;
}

function formatTime(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}
