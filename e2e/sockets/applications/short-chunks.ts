import { gzip } from '@sluice/compression';
import { jsonLines, sse, stream, text } from '@sluice/core';
import { notes, serve } from '../serve';

const LINES = 300_000;

/** A line of a CSV file. */
export function formatLine(index: number): string {
  return `${index},customer ${(index * 7919) % 10_007},${index % 97}.50,2026-01-${(index % 28) + 1}\n`;
}

export function formatLines(count = LINES): string {
  return Array.from({ length: count }, (_, index) => formatLine(index)).join('');
}

/** The number of chunks that were asked of the endless source. */
let asked = 0;
let goOn: (() => void) | undefined;

function* readLines<T>(make: (index: number) => T): Generator<T> {
  for (let index = 0; index < LINES; index++) yield make(index);
}

async function* readLinesLater(): AsyncGenerator<string> {
  yield* readLines(formatLine);
}

/** Makes each chunk only when the client has asked for it with another request. */
async function* step(): AsyncGenerator<string> {
  for (let index = 0; index < 3; index++) {
    yield formatLine(index);
    await new Promise<void>((resolve) => (goOn = resolve));
  }
}

async function* breakOff(): AsyncGenerator<string> {
  for (let index = 0; index < 10; index++) yield formatLine(index);
  throw new Error('on purpose');
}

async function* goOnForEver(): AsyncGenerator<string> {
  try {
    for (;;) yield formatLine(asked++);
  } finally {
    notes.push('stopped');
  }
}

const csv = (source: AsyncIterable<string>) => stream(source, { headers: { 'Content-Type': 'text/csv' } });

if (require.main === module) {
  void serve({
    middleware: [gzip({ compressLevel: 6, eventStreams: true })],
    routes: [
      { method: 'GET', path: '/lines', handler: () => csv(readLinesLater()) },
      { method: 'GET', path: '/json-lines', handler: () => jsonLines(readLines((index) => index)) },
      { method: 'GET', path: '/events', handler: () => sse(readLines((index) => index)) },
      { method: 'GET', path: '/steps', handler: () => csv(step()) },
      { method: 'GET', path: '/steps/next', handler: () => (goOn?.(), text('made')) },
      { method: 'GET', path: '/breaks', handler: () => csv(breakOff()) },
      { method: 'GET', path: '/endless', handler: () => csv(goOnForEver()) },
      { method: 'GET', path: '/endless/asked', handler: () => text(String(asked)) },
    ],
  });
}
