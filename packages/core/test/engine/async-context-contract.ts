import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Background,
  Controller,
  createApp,
  createParameterDecorator,
  Ctx,
  Get,
  Injectable,
  jsonLines,
  sse,
  type AppOptions,
  type BackgroundTasks,
  type Context,
  type MiddlewareFunction,
} from '../../src';
import type { Harness } from './harness';

/** Tests that code of a request sees the AsyncLocalStorage of its middleware, whenever it runs. */
export function describeAsyncContext(engineName: string, harness: Harness): void {
  describe(`AsyncLocalStorage on ${engineName}`, () => {
    const storage = new AsyncLocalStorage<string>();
    let opened: Awaited<ReturnType<Harness['open']>> | undefined;
    let seen: string[];

    beforeEach(() => void (seen = []));

    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    const note = (place: string): void => void seen.push(`${place} ${storage.getStore() ?? 'lost'}`);
    const enter: MiddlewareFunction = (_, next) => storage.run('kept', next);

    async function open(options: AppOptions): Promise<void> {
      const logger = { info() {}, warn() {}, error() {} };
      opened = await harness.open(await createApp({ logger, middleware: [enter], ...options }));
    }

    const openRoute = (handler: (context: Context) => unknown): Promise<void> =>
      open({ routes: [{ method: 'GET', path: '/it', handler }] });

    const ask = (signal?: AbortSignal) => opened!.send({ url: '/it', ...(signal && { signal }) });

    async function waitFor(count: number): Promise<void> {
      while (seen.length < count) await wait(1);
      await wait(1);
    }

    async function* count(pause: () => Promise<unknown>): AsyncGenerator<string> {
      try {
        for (const chunk of ['one', 'two', 'three']) {
          note(chunk);
          yield chunk;
          await pause();
          note(`after ${chunk}`);
        }
      } finally {
        note('finally');
      }
    }

    const WHOLE = ['one', 'after one', 'two', 'after two', 'three', 'after three', 'finally'];
    const PAUSES: readonly [string, () => Promise<unknown>][] = [
      ['at once', async () => undefined],
      ['with pauses', () => wait(2)],
    ];

    describe.each(PAUSES)('in a source that gives its chunks %s', (_, pause) => {
      it.each<[string, (source: AsyncGenerator<string>) => unknown]>([
        ['a generator', (source) => source],
        ['a generator in a promise', async (source) => (await wait(1), source)],
        ['jsonLines()', (source) => jsonLines(source)],
        ['sse()', (source) => sse(source)],
        [
          'sse() whose head does not wait',
          (source) => sse(source, { headAfterMs: 0, keepAliveSeconds: 0.001 }),
        ],
        ['a Readable', (source) => Readable.from(source)],
        ['a web stream', (source) => ReadableStream.from(source)],
      ])('is there: %s', async (_name, wrap) => {
        await openRoute(() => wrap(count(pause)));
        await ask();
        expect(seen).toEqual(WHOLE.map((place) => `${place} kept`));
      });
    });

    it('is there in a source that is stopped', async () => {
      const client = new AbortController();
      await openRoute(() => sse(count(() => wait(20))));
      const asked = ask(client.signal).catch(() => undefined);
      await waitFor(1);
      client.abort();
      await asked;
      while (!seen.some((entry) => entry.startsWith('finally'))) await wait(1);
      expect(seen.filter((entry) => !entry.endsWith(' kept'))).toEqual([]);
    });

    it('is there in background tasks and clean-ups, however the handler answers', async () => {
      for (const pause of [undefined, 1]) {
        await openRoute((context) => {
          context.onCleanup(async () => {
            note('clean-up');
            await wait(1);
            note('clean-up later');
          });
          context.background(async () => {
            note('task');
            await wait(1);
            note('task later');
          });
          context.background(() => note('second task'));
          return pause === undefined ? 'done' : wait(pause, 'done');
        });
        await ask();
        await waitFor(5);
        expect(seen.splice(0)).toEqual(
          ['task', 'task later', 'second task', 'clean-up', 'clean-up later'].map((place) => `${place} kept`),
        );
        await opened!.close();
      }
    });

    it('is there in what a controller uses: tasks, parameters, disposal', async () => {
      @Injectable({ scope: 'request' })
      class Connection {
        [Symbol.dispose](): void {
          note('dispose');
        }
      }
      const Transaction = createParameterDecorator('Transaction', async function* () {
        note('begin');
        yield 'transaction';
        note('commit');
      });

      @Controller('/it')
      class Work {
        constructor(readonly connection: Connection) {}

        @Get() run(
          @Ctx() _context: Context,
          @Transaction() _transaction: unknown,
          @Background() tasks: BackgroundTasks,
        ) {
          tasks.add(note, 'task');
          return 'done';
        }
      }
      await open({ controllers: [Work], providers: [Connection] });
      await ask();
      await waitFor(4);
      expect(seen).toEqual(['begin kept', 'task kept', 'dispose kept', 'commit kept']);
    });

    it('is there in abort listeners, each as it was when the listener was added', async () => {
      const client = new AbortController();
      await openRoute(async ({ signal }) => {
        signal.addEventListener('abort', () => note('listener'));
        signal.onabort = () => note('onabort');
        AbortSignal.any([signal]).addEventListener('abort', () => note('any'));
        storage.run('inner', () => signal.addEventListener('abort', () => note('inner listener')));
        client.abort();
        await wait(50);
        return 'too late';
      });
      await ask(client.signal).catch(() => undefined);
      await waitFor(4);
      expect(seen.sort()).toEqual(['any kept', 'inner listener inner', 'listener kept', 'onabort kept']);
    });

    it('is that of each request', async () => {
      let number = 0;
      await open({
        middleware: [(_, next) => storage.run(String(number++), next)],
        routes: [{ method: 'GET', path: '/it', handler: () => sse(echo(), { keepAliveSeconds: 0.001 }) }],
      });
      async function* echo(): AsyncGenerator<string> {
        for (let count = 0; count < 3; count++) {
          await wait(2);
          yield storage.getStore()!;
        }
      }
      const answers = await Promise.all([ask(), ask(), ask()]);
      const events = answers.map(({ body }) =>
        body
          .toString()
          .match(/(?<=data: )\d/g)!
          .join(''),
      );
      expect(events.sort()).toEqual(['000', '111', '222']);
    });
  });
}
