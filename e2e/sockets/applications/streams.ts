import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { bytes, jsonLines, sse, stream, text, type Context } from '@sluice/core';
import { notes, serve } from '../serve';

const MEBIBYTE = 1024 * 1024;

/** A piece of a large download that depends on its place, so that lost, repeated and swapped pieces are detected. */
export function makePiece(index: number, size: number): Buffer {
  const piece = Buffer.alloc(size, index % 251);
  piece.writeUInt32LE(index, 0);
  return piece;
}

async function* generate(count: number, size: number): AsyncGenerator<Buffer> {
  try {
    for (let index = 0; index < count; index++) yield makePiece(index, size);
    notes.push('source is through');
  } finally {
    notes.push('generator returned');
  }
}

/** Sources that yield one chunk and then nothing, without ending, and note when they are stopped. */
const IDLE: Readonly<Record<string, (context: Context) => unknown>> = {
  readable: () => {
    const source = new Readable({ read() {}, destroy: (_, done) => (notes.push('stopped'), done(null)) });
    source.push('first');
    return source;
  },
  'web-stream': () =>
    new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('first')),
      cancel: () => void notes.push('stopped'),
    }),
  iterable: () => {
    let count = 0;
    const source: AsyncIterator<string> = {
      next: () => (count++ === 0 ? Promise.resolve({ value: 'first', done: false }) : new Promise(() => {})),
      return: async () => (notes.push('stopped'), { value: undefined, done: true }),
    };
    return { [Symbol.asyncIterator]: () => source };
  },
  generator: async function* ({ signal }) {
    try {
      yield 'first';
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    } finally {
      notes.push('stopped');
    }
  },
};

/** Sources that yield chunks without end, and note when they are stopped. */
const ENDLESS: Readonly<Record<string, (context: Context) => unknown>> = {
  readable: () =>
    new Readable({
      read() {
        this.push(Buffer.alloc(50_000));
      },
      destroy: (_, done) => (notes.push('stopped'), done(null)),
    }),
  'web-stream': () =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(50_000)),
      cancel: () => void notes.push('stopped'),
    }),
  generator: async function* () {
    try {
      for (;;) yield Buffer.alloc(50_000);
    } finally {
      notes.push('stopped');
    }
  },
  counted: () =>
    stream(ENDLESS['generator']!(undefined as never) as AsyncIterable<Uint8Array>, {
      headers: { 'Content-Length': 1024 * MEBIBYTE },
    }),
};

/** Sources that always have their next chunk at once, for some seconds. */
const FAST: Readonly<Record<string, () => unknown>> = {
  events: () => sse(count()),
  lines: () => jsonLines(count()),
  text: () => stream(count((number) => `${number}\n`)),
  'empty-chunks': () => stream(count((number) => (number % 100 === 0 ? 'now and then' : ''))),
};

async function* count<T = number>(make = (number: number) => number as T): AsyncGenerator<T> {
  try {
    for (let number = 0; number < 5_000_000; number++) yield make(number);
    notes.push('source is through');
  } finally {
    notes.push('stopped');
  }
}

/** Notes when the request has ended, with or without a whole response. */
const noteEnd = (handler: (context: Context) => unknown) => (context: Context) => {
  context.background(() => void notes.push('request is done'));
  return handler(context);
};

const LARGE = Buffer.concat(Array.from({ length: 20 * 16 }, (_, index) => makePiece(index, 65_536)));

if (require.main === module) {
  void serve({
    routes: [
      { method: 'GET', path: '/', handler: () => 'alive' },
      // 100 MB.
      { method: 'GET', path: '/chunked', handler: () => generate(100, 1_000_000) },
      {
        method: 'GET',
        path: '/counted',
        handler: () => stream(generate(100, 1_000_000), { headers: { 'Content-Length': 100_000_000 } }),
      },
      { method: 'GET', path: '/buffer', handler: noteEnd(() => bytes(LARGE)) },
      { method: 'GET', path: '/text', handler: () => text('naïve '.repeat(500_000)) },
      { method: 'GET', path: '/breaks', handler: breakOff },
      ...Object.entries(IDLE).map(([name, handler]) => ({
        method: 'GET' as const,
        path: `/idle/${name}`,
        handler: noteEnd(handler),
      })),
      ...Object.entries(ENDLESS).map(([name, handler]) => ({
        method: 'GET' as const,
        path: `/endless/${name}`,
        handler: noteEnd(handler),
      })),
      ...Object.entries(FAST).map(([name, handler]) => ({
        method: 'GET' as const,
        path: `/fast/${name}`,
        handler: noteEnd(handler),
      })),
    ],
  });
}

async function* breakOff(): AsyncGenerator<string> {
  yield 'some';
  await wait(5);
  throw new Error('on purpose');
}

export const NAMES = { idle: Object.keys(IDLE), endless: Object.keys(ENDLESS), fast: Object.keys(FAST) };
