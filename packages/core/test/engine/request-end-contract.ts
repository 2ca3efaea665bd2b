import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Background,
  Controller,
  createApp,
  createParameterDecorator,
  Ctx,
  Get,
  jsonLines,
  sse,
  stream,
  type App,
  type AppOptions,
  type BackgroundTasks,
  type Context,
} from '../../src';
import type { ContractResponse, Harness } from './harness';

type Answer = (context: Context) => unknown;
type Wrap = (source: AsyncIterable<string>) => unknown;

const STREAMS: readonly [string, Wrap][] = [
  ['stream()', (source) => stream(source)],
  ['jsonLines()', (source) => jsonLines(source)],
  ['sse()', (source) => sse(source)],
  ['a Readable', (source) => Readable.from(source)],
  ['a web stream', (source) => ReadableStream.from(source)],
];

/** Tests how requests end on an engine: streams that break off, clients that leave, clean-ups, closing. */
export function describeRequestEnds(engineName: string, harness: Harness): void {
  describe(`The end of a request on ${engineName}`, () => {
    let app: App;
    let opened: Awaited<ReturnType<Harness['open']>> | undefined;
    let logged: string[];
    let seen: string[];
    /** Lets a source go on. */
    let release: () => void;
    let released: Promise<void>;

    beforeEach(() => {
      logged = [];
      seen = [];
      released = new Promise((resolve) => (release = resolve));
    });

    afterEach(async () => {
      release();
      await opened?.close();
      opened = undefined;
    });

    /** Opens an application with one route, which has a transaction, a background task and a clean-up. */
    async function open(answer: Answer, options: AppOptions = {}): Promise<void> {
      const Transaction = createParameterDecorator('Transaction', async function* () {
        try {
          yield 'transaction';
          seen.push('COMMIT');
        } catch (error) {
          seen.push(`ROLLBACK: ${(error as Error).message}`);
          throw error;
        } finally {
          seen.push('released');
        }
      });

      @Controller('/it')
      class Work {
        @Get() run(
          @Ctx() context: Context,
          @Transaction() _transaction: unknown,
          @Background() tasks: BackgroundTasks,
        ) {
          context.onCleanup((error) => seen.push(`clean-up: ${(error as Error | undefined)?.message ?? ''}`));
          tasks.add(() => seen.push('task'));
          return answer(context);
        }
      }
      const logger = {
        info() {},
        warn: (message: string) => void logged.push(message),
        error: (error: unknown, message = '') => void logged.push(`${message}: ${String(error)}`),
      };
      app = await createApp({ controllers: [Work], logger, development: false, ...options });
      opened = await harness.open(app);
    }

    const ask = (signal?: AbortSignal): Promise<ContractResponse> =>
      opened!.send({ url: '/it', ...(signal && { signal }) });

    async function waitFor(entry: string): Promise<void> {
      while (!seen.includes(entry)) await wait(1);
    }

    /** Notes when its first chunk was sent, waits, and may fail then. */
    async function* makeSource(error?: Error): AsyncGenerator<string> {
      try {
        yield 'first';
        seen.push('first was sent');
        await released;
        if (error !== undefined) throw error;
        yield 'second';
      } finally {
        seen.push('source has ended');
      }
    }

    /** Asks, and leaves when the first chunk was sent. */
    async function askAndLeave(): Promise<void> {
      const client = new AbortController();
      const asked = ask(client.signal).catch(() => undefined);
      await waitFor('first was sent');
      client.abort();
      await asked;
    }

    describe('a stream that breaks off', () => {
      const SUCCESS = ['first was sent', 'source has ended', 'task', 'clean-up: ', 'COMMIT', 'released'];

      it.each(STREAMS)('makes a failure of the request: %s', async (_, wrap) => {
        await open(() => wrap(makeSource(new Error('disk'))));
        release();
        await expect(ask()).rejects.toThrow();
        await waitFor('released');
        expect(seen).toEqual([
          'first was sent',
          'source has ended',
          'clean-up: disk',
          'ROLLBACK: disk',
          'released',
        ]);
        expect(logged).toEqual(['The response of Work.run broke off: Error: disk']);
      });

      it.each(STREAMS)('is not one that comes to its end: %s', async (_, wrap) => {
        await open(() => wrap(makeSource()));
        release();
        expect((await ask()).status).toBe(200);
        await waitFor('released');
        expect([seen, logged]).toEqual([SUCCESS, []]);
      });

      it.each<[string, () => unknown, RegExp]>([
        ['a wrong chunk', () => yieldAll(['one', 7 as unknown as string]), /a chunk of type number/],
        ['too few bytes', () => announce(['one'], 4), /ended after 3 bytes/],
        ['too many bytes', () => announce(['one', 'two'], 4), /has at least 6 bytes/],
        ['bytes after the last one', () => announce(['one', 'two'], 3), /has at least 6 bytes/],
      ])('is one with %s', async (_, answer, message) => {
        await open(answer);
        await ask().catch(() => undefined);
        await waitFor('released');
        expect(seen).toEqual([
          expect.stringMatching(message),
          expect.stringMatching(/^ROLLBACK/),
          'released',
        ]);
        expect(logged).toEqual([expect.stringMatching(message)]);
      });

      it('is logged with the id of its request', async () => {
        await open(() => makeSource(new Error('disk')), {
          middleware: [
            ({ response }, next) => {
              response.headers.set('X-Request-Id', 'request-7');
              return next();
            },
          ],
        });
        release();
        await expect(ask()).rejects.toThrow();
        expect(logged).toEqual(['The response of Work.run (request-7) broke off: Error: disk']);
      });

      it('may fail without an error', async () => {
        await open(async function* () {
          yield 'first';
          await wait(1);
          throw undefined;
        });
        await ask().catch(() => undefined);
        await waitFor('released');
        expect(seen).toEqual([expect.any(String), expect.stringMatching(/^ROLLBACK/), 'released']);
      });

      it('keeps the error that the request had before', async () => {
        await open(
          () => {
            throw new Error('the first');
          },
          { formatError: () => makeSource(new Error('the second')) },
        );
        release();
        await expect(ask()).rejects.toThrow();
        await waitFor('released');
        expect(seen).toContain('ROLLBACK: the first');
      });
    });

    describe('a client that leaves', () => {
      it.each(STREAMS)('is not a failure: %s', async (_, wrap) => {
        await open(() => wrap(makeSource()));
        await askAndLeave();
        release();
        await waitFor('released');
        expect(seen.slice(-3)).toEqual(['clean-up: ', 'COMMIT', 'released']);
        expect([seen.includes('task'), logged]).toEqual([true, []]);
      });

      it('is not a failure if the source then throws', async () => {
        await open(async function* ({ signal }) {
          yield 'first';
          seen.push('first was sent');
          await wait(60_000, undefined, { signal });
        });
        await askAndLeave();
        await waitFor('released');
        expect([seen.slice(-3), logged]).toEqual([['clean-up: ', 'COMMIT', 'released'], []]);
      });

      it('is not a failure before the first chunk', async () => {
        const client = new AbortController();
        await open(async function* ({ signal }) {
          seen.push('asked');
          await wait(60_000, undefined, { signal });
          yield 'never';
        });
        const asked = ask(client.signal).catch(() => undefined);
        await waitFor('asked');
        client.abort();
        await asked;
        await waitFor('released');
        expect([seen.slice(-3), logged]).toEqual([['clean-up: ', 'COMMIT', 'released'], []]);
      });

      it.each(STREAMS.filter(([name]) => name !== 'a Readable'))(
        'does not release what the source still uses: %s',
        async (_, wrap) => {
          await open(() => wrap(makeSource()));
          await askAndLeave();
          await waitFor('task');
          await wait(50);
          expect(seen).not.toContain('released');
          release();
          await waitFor('released');
          expect(seen).toEqual([
            'first was sent',
            'task',
            'source has ended',
            'clean-up: ',
            'COMMIT',
            'released',
          ]);
        },
      );

      it('does not release what the source still uses before its first chunk', async () => {
        const client = new AbortController();
        await open(async function* () {
          seen.push('asked');
          await released;
          seen.push('source has ended');
          yield 'never';
        });
        const asked = ask(client.signal).catch(() => undefined);
        await waitFor('asked');
        client.abort();
        await asked;
        await waitFor('task');
        release();
        await waitFor('released');
        expect(seen.slice(0, 3)).toEqual(['asked', 'task', 'source has ended']);
      });

      it('lets clean-ups wait for an idle source no longer than streamStopTimeoutMs', async () => {
        await open(() => makeSource(), { streamStopTimeoutMs: 30 });
        await askAndLeave();
        await waitFor('released');
        expect(seen).not.toContain('source has ended');
        expect(logged).toEqual([expect.stringMatching(/^The stream of Work\.run did not end within 30 ms/)]);
      });
    });

    describe('listeners for the end of a response', () => {
      const listen = (answer: Answer): Answer => {
        return (context) => {
          context.onResponseEnd(() => {
            seen.push(`before ${seen.includes('task') ? 'nothing' : 'the task'}`);
            throw new Error('of a listener');
          });
          context.onResponseEnd((end) => seen.push(end));
          return answer(context);
        };
      };
      const FAILED = 'A listener for the end of the response of Work.run failed: Error: of a listener';

      it.each<[string, Answer]>([
        ['text', () => 'whole'],
        ['a long text', () => 'x'.repeat(100_000)],
        ['later', () => wait(5, 'later')],
        ['stream', () => stream(Readable.from(['one', 'two']))],
      ])('are called once with "sent", before the tasks: %s', async (_, answer) => {
        await open(listen(answer));
        await ask();
        await waitFor('released');
        expect(seen.slice(0, 2)).toEqual(['before the task', 'sent']);
        expect(seen.filter((entry) => entry === 'sent')).toHaveLength(1);
        expect(logged).toEqual([FAILED]);
      });

      it('are called with "broken" where the stream fails', async () => {
        await open(listen(() => makeSource(new Error('disk'))));
        release();
        await expect(ask()).rejects.toThrow();
        await waitFor('released');
        expect(seen).toContain('broken');
        expect(seen).not.toContain('aborted');
      });

      it('are called with "aborted" where the client leaves a stream', async () => {
        await open(listen(() => makeSource()));
        await askAndLeave();
        await waitFor('aborted');
        expect(seen).not.toContain('sent');
      });

      it('are called with "aborted" where the client leaves before the answer', async () => {
        const client = new AbortController();
        await open(
          listen(async ({ signal }) => {
            signal.addEventListener('abort', release);
            seen.push('asked');
            await released;
            return 'late';
          }),
        );
        const asked = ask(client.signal).catch(() => undefined);
        await waitFor('asked');
        client.abort();
        await waitFor('aborted');
        await asked;
        expect(seen).not.toContain('sent');
      });
    });

    describe('clean-ups', () => {
      it('wait for a stream that a middleware replaces', async () => {
        await open(() => makeSource(), {
          middleware: [
            async (_, next) => {
              await next();
              return 'another';
            },
          ],
        });
        expect((await ask()).body.toString()).toBe('another');
        await waitFor('released');
        expect(seen.filter((entry) => entry !== 'task')).toEqual([
          'source has ended',
          'clean-up: ',
          'COMMIT',
          'released',
        ]);
      });

      it('may add clean-ups, and are refused when all have run', async () => {
        let context: Context | undefined;
        await open((given) => {
          context = given;
          given.onCleanup(() => given.onCleanup(() => void seen.push('added')));
          return 'done';
        });
        await ask();
        await waitFor('added');
        await wait(1);
        expect(() => context!.onCleanup(() => undefined)).toThrow('its clean-ups have run');
        expect(() => context!.background(() => undefined)).toThrow('its background tasks are done');
      });

      it('are logged with their route if they fail, and do not stop the next', async () => {
        await open((context) => {
          context.onCleanup(() => Promise.reject(new Error('disk')));
          return 'done';
        });
        await ask();
        await waitFor('released');
        expect(logged).toEqual(['A clean-up of Work.run failed: Error: disk']);
      });
    });

    describe('closing', () => {
      /** Closes with a deadline of 50 ms, and notes what happens after the clean-ups. */
      async function close(): Promise<void> {
        await app.close({ timeoutMs: 50 });
        seen.push('closed');
      }
      const onStop = (): void => void seen.push('onStop');
      const CLOSED = 'The application closed before the request had ended.';
      const ROLLED_BACK = [`clean-up: ${CLOSED}`, `ROLLBACK: ${CLOSED}`, 'released', 'onStop', 'closed'];

      it('runs the clean-ups of a handler that does not end, as of a failed request', async () => {
        await open(() => (seen.push('asked'), released), { onStop });
        const asked = ask().catch(() => undefined);
        await waitFor('asked');
        await close();
        expect(seen).toEqual(['asked', ...ROLLED_BACK]);
        release();
        await asked;
        expect(seen.filter((entry) => entry === 'released')).toHaveLength(1);
      });

      it('waits for clean-ups that take their time', async () => {
        await open(
          (context) => {
            context.onCleanup(async () => {
              await wait(100);
              seen.push('slow');
            });
            seen.push('asked');
            return released;
          },
          { onStop },
        );
        const asked = ask().catch(() => undefined);
        await waitFor('asked');
        await close();
        expect(seen).toEqual(['asked', 'slow', ...ROLLED_BACK]);
        release();
        await asked;
      });

      it('runs the clean-ups of a stream that does not end, as of a failed request', async () => {
        await open(() => makeSource(), { onStop });
        const asked = ask().catch(() => undefined);
        await waitFor('first was sent');
        await close();
        expect(seen).toEqual(['first was sent', ...ROLLED_BACK]);
        release();
        await asked;
      });

      it('runs the clean-ups behind a background task that does not end, as of a request that was answered', async () => {
        await open(
          (context) => {
            context.background(() => (seen.push('stuck'), released));
            return 'answered';
          },
          { onStop },
        );
        const asked = ask();
        await waitFor('stuck');
        await close();
        expect(seen).toEqual(['task', 'stuck', 'clean-up: ', 'COMMIT', 'released', 'onStop', 'closed']);
        release();
        await asked;
      });

      it('does not wait past its deadline for the source of a client that has left', async () => {
        await open(() => makeSource(), { onStop });
        await askAndLeave();
        await waitFor('task');
        await close();
        expect(seen.slice(-5)).toEqual(['clean-up: ', 'COMMIT', 'released', 'onStop', 'closed']);
        expect(seen).not.toContain('source has ended');
      });

      it('ends event streams, aborts their signal, and runs their clean-ups after the source', async () => {
        await open(
          ({ signal }) =>
            sse(
              (async function* () {
                try {
                  yield 'first';
                  seen.push('first was sent');
                  await wait(60_000, undefined, { signal });
                } finally {
                  seen.push('source has ended');
                }
              })(),
            ),
          { onStop },
        );
        const asked = ask();
        await waitFor('first was sent');
        await app.close({ timeoutMs: 20_000 });
        expect((await asked).body.toString()).toBe('data: first\n\n');
        expect(seen.filter((entry) => entry !== 'task')).toEqual([
          'first was sent',
          'source has ended',
          'clean-up: ',
          'COMMIT',
          'released',
          'onStop',
        ]);
      });
    });
  });
}

async function* yieldAll(chunks: readonly string[]): AsyncGenerator<string> {
  for (const chunk of chunks) {
    yield chunk;
    await wait(1);
  }
}

function announce(chunks: readonly string[], length: number): unknown {
  return stream(yieldAll(chunks), { headers: { 'Content-Length': length } });
}
