import { Readable } from 'node:stream';
import { createApp, stream, type App, type Context } from '../../../src';
import { makeLogger } from '../../make-logger';

/** Yields numbers without end, and notes that it was stopped. */
async function* count(notes: string[]): AsyncGenerator<string> {
  try {
    for (let number = 0; ; number++) yield `${number} `;
  } finally {
    notes.push('stopped');
  }
}

describe('app.injectStream', () => {
  let notes: string[];

  beforeEach(() => void (notes = []));

  function makeApp(handler: (context: Context) => unknown): Promise<App> {
    return createApp({ routes: [{ method: 'GET', path: '/it', handler }], logger: makeLogger() });
  }

  it('gives the head, then chunk after chunk, and stops the source if the reader leaves', async () => {
    const app = await makeApp(({ response }) => {
      response.headers.set('X-Head', 'yes');
      return stream(count(notes));
    });
    const answer = await app.injectStream({ url: '/it' });
    expect([answer.status, answer.header('x-head')]).toEqual([200, 'yes']);
    const read: string[] = [];
    for await (const chunk of answer.body) if (read.push(Buffer.from(chunk).toString()) === 3) break;
    expect([read, notes]).toEqual([['0 ', '1 ', '2 '], ['stopped']]);
    expect((await answer.body.next()).done).toBe(true);
  });

  it('aborts the signal of the handler if the reader leaves, and runs the background tasks', async () => {
    const app = await makeApp((context) => {
      context.signal.addEventListener('abort', () => notes.push('gone'));
      context.background(() => notes.push('task'));
      return stream(count(notes));
    });
    const { body } = await app.injectStream({ url: '/it' });
    await body.next();
    expect(notes).toEqual([]);
    await body.return!();
    expect(new Set(notes)).toEqual(new Set(['gone', 'stopped', 'task']));
  });

  it('stops waiting for a chunk when the signal of the client aborts', async () => {
    const source = new ReadableStream<string>({
      start: (controller) => controller.enqueue('one'),
      cancel: () => void notes.push('cancelled'),
    });
    const app = await makeApp(() => stream(source));
    const client = new AbortController();
    const { body } = await app.injectStream({ url: '/it', signal: client.signal });
    await body.next();
    const next = body.next();
    client.abort(new Error('no longer needed'));
    await expect(next).rejects.toThrow('no longer needed');
    expect(notes).toEqual(['cancelled']);
  });

  it('lets a client leave a source that always has its next chunk ready', async () => {
    const app = await makeApp(async function* () {
      try {
        for (let number = 0; number < 100_000; number++) yield `${number} `;
        notes.push('source has ended');
      } finally {
        notes.push('stopped');
      }
    });
    for (const ask of ['inject', 'injectStream'] as const) {
      const client = new AbortController();
      const readAll = async () => {
        const { body } = await app[ask]({ url: '/it', signal: client.signal });
        for await (const _ of body) setImmediate(() => client.abort(new Error('no longer needed')));
      };
      if (ask === 'inject') setImmediate(() => client.abort(new Error('no longer needed')));
      await expect(readAll()).rejects.toThrow('no longer needed');
    }
    expect(notes).toEqual(['stopped', 'stopped']);
  });

  it('ignores a client that goes away after the response', async () => {
    for (const answer of ['whole', stream(Readable.from(['whole']))]) {
      const app = await makeApp((context) => {
        context.signal.addEventListener('abort', () => notes.push('gone'));
        return answer;
      });
      const client = new AbortController();
      const { body } = await app.injectStream({ url: '/it', signal: client.signal });
      expect(Buffer.from((await body.next()).value as Uint8Array).toString()).toBe('whole');
      expect((await body.next()).done).toBe(true);
      client.abort();
      expect(notes).toEqual([]);
    }
  });
});
