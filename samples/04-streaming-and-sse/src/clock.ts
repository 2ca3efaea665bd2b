import { setTimeout as wait } from 'node:timers/promises';
import { sseEvent, type SseEvent } from '@sluice/core';

/** How many ticks a client that was away gets at most. */
const MOST_MISSED = 60;

/** An event for each second, the id of which is the second; first those since the last one that was seen. */
export async function* runClock(last: string | undefined, signal: AbortSignal): AsyncGenerator<SseEvent> {
  for (let second = findFirst(last); ; second++) {
    const early = second * 1000 - Date.now();
    if (early > 0) await wait(early, undefined, { signal });
    yield sseEvent({ time: formatTime(second) }, { id: second, event: 'tick' });
  }
}

/** The header is whatever a client sends: what is no second of the last minute is as good as none. */
function findFirst(last: string | undefined): number {
  const now = Math.floor(Date.now() / 1000);
  const next = Number(last) + 1;
  return Number.isSafeInteger(next) && next >= now - MOST_MISSED && next <= now + 1 ? next : now;
}

function formatTime(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}
