import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Background,
  Controller,
  createApp,
  Ctx,
  Get,
  HttpError,
  Param,
  type App,
  type AppOptions,
  type BackgroundTasks,
  type Context,
} from '../../src';
import type { ContractResponse, Harness } from './harness';

type Add = (task: () => unknown) => void;

/** Tests the bound of background tasks on an engine. */
export function describeBackground(engineName: string, harness: Harness): void {
  describe(`The background tasks of an application on ${engineName}`, () => {
    let app: App;
    let opened: Awaited<ReturnType<Harness['open']>> | undefined;
    let logged: string[];
    let seen: string[];
    /** The tasks that have begun and wait, by their name. */
    let held: Map<string, (error?: Error) => void>;
    let running: number;
    let mostRunning: number;
    let asked: Promise<unknown>[];

    beforeEach(() => {
      logged = [];
      seen = [];
      held = new Map();
      running = mostRunning = 0;
      asked = [];
    });

    afterEach(async () => {
      const closing = app.close({ timeoutMs: 1 });
      for (const end of held.values()) end();
      await closing;
      await opened?.close();
      await Promise.allSettled(asked);
      opened = undefined;
    });

    /** A task that waits until it is released. */
    const hold = (name: string) => async (): Promise<void> => {
      seen.push(name);
      mostRunning = Math.max(mostRunning, ++running);
      try {
        await new Promise<void>((resolve, reject) =>
          held.set(name, (error) => (error === undefined ? resolve() : reject(error))),
        );
      } finally {
        running--;
        held.delete(name);
      }
    };

    async function open(
      background: AppOptions['background'],
      options: AppOptions = {},
      answer: (add: Add, context: Context, name: string) => unknown = () => 'answered',
    ): Promise<void> {
      @Controller()
      class Work {
        /** Adds a number of held tasks: `one`, `one.2`, `one.3` … */
        @Get('/hold/:name/:count')
        hold(
          @Param('name') name: string,
          @Param('count') count: number,
          @Background() tasks: BackgroundTasks,
        ) {
          for (let at = 1; at <= count; at++) tasks.add(hold(at === 1 ? name : `${name}.${at}`));
          return 'answered';
        }

        @Get('/do/:name')
        do(@Param('name') name: string, @Background() tasks: BackgroundTasks, @Ctx() context: Context) {
          return answer((task) => tasks.add(task), context, name);
        }

        @Get('/nothing') nothing() {
          return 'answered';
        }
      }
      const logger = {
        info() {},
        warn: (message: string) => void logged.push(message),
        error: (error: unknown, message = '') => void logged.push(`${message}: ${String(error)}`),
      };
      app = await createApp({
        controllers: [Work],
        logger,
        development: false,
        ...(background && { background }),
        ...options,
      });
      opened = await harness.open(app);
    }

    /** The response of a request without tasks, or of one that was refused: in memory others come after their tasks. */
    const ask = (url: string): Promise<ContractResponse> => opened!.send({ url });

    /** Asks, and does not wait. */
    function askAside(url: string): void {
      asked.push(ask(url).catch(() => undefined));
    }

    async function holdMany(...names: string[]): Promise<void> {
      for (const name of names) {
        askAside(`/hold/${name}/1`);
        // One after another, so that their order is known.
        await ask('/nothing');
        await wait(5);
      }
    }

    async function waitFor(condition: () => boolean): Promise<void> {
      while (!condition()) await wait(1);
    }

    async function release(name: string, error?: Error): Promise<void> {
      await waitFor(() => held.has(name));
      held.get(name)!(error);
    }

    const readCode = ({ body }: ContractResponse) => (JSON.parse(body.toString()) as { code?: unknown }).code;

    it('run at most in the number of concurrency at once, and the others in the order of their requests', async () => {
      await open({ concurrency: 2, maxQueued: 10 });
      await holdMany('one', 'two', 'three', 'four', 'five');
      expect(seen).toEqual(['one', 'two']);
      for (const [name, next] of [
        ['two', 'three'],
        ['one', 'four'],
        ['three', 'five'],
      ] as const) {
        await release(name);
        await waitFor(() => seen.includes(next));
      }
      await release('four');
      await release('five');
      await waitFor(() => running === 0);
      expect(seen).toEqual(['one', 'two', 'three', 'four', 'five']);
      expect(mostRunning).toBe(2);
    });

    it('are refused with their request beyond maxQueued, before its reply', async () => {
      await open({ concurrency: 1, maxQueued: 2 });
      await holdMany('one', 'two', 'three');
      const refused = await ask('/hold/four/1');
      expect([refused.status, readCode(refused)]).toEqual([503, 'background_full']);
      expect(new Map(refused.lines).get('Retry-After')).toBe('1');
      expect(new Map(refused.lines).get('Content-Type')).toBe('application/problem+json');
      expect((await ask('/nothing')).status).toBe(200);
      for (const name of ['one', 'two', 'three']) await release(name);
      await waitFor(() => running === 0 && seen.length === 3);
      askAside('/hold/five/1');
      await release('five');
      expect(seen).toEqual(['one', 'two', 'three', 'five']);
    });

    it('do not run if another one of their request is refused, and leave their places', async () => {
      await open({ concurrency: 1, maxQueued: 3 });
      await holdMany('one');
      for (let count = 0; count < 5; count++) expect((await ask('/hold/many/4')).status).toBe(503);
      askAside('/hold/few/3');
      await wait(5);
      expect((await ask('/hold/late/1')).status).toBe(503);
      for (const name of ['one', 'few', 'few.2', 'few.3']) await release(name);
      await waitFor(() => running === 0);
      expect(seen).toEqual(['one', 'few', 'few.2', 'few.3']);
    });

    it('without maxQueued never wait', async () => {
      await open({ concurrency: 2, maxQueued: 0 });
      await holdMany('one', 'two');
      expect((await ask('/hold/three/1')).status).toBe(503);
      expect(seen).toEqual(['one', 'two']);
    });

    it('count over all routes, those of mounted applications too', async () => {
      const inner = await createApp({
        background: { concurrency: 50, maxQueued: 50 },
        routes: [
          {
            method: 'GET',
            path: '/',
            name: 'inner',
            handler: (context) => context.background(hold('inner')),
          },
        ],
      });
      const logger = { info() {}, warn() {}, error() {} };
      const outer = await createApp({ background: { concurrency: 1, maxQueued: 0 }, logger });
      app = outer.mount('/inner', inner);
      opened = await harness.open(app);
      asked.push(ask('/inner').catch(() => undefined));
      await waitFor(() => held.has('inner'));
      expect((await ask('/inner')).status).toBe(503);
    });

    it('meet @Catch and formatError when they are refused', async () => {
      const options: AppOptions = {
        errorHandlers: [
          {
            error: 503,
            handle: (error) => ({ caught: (error as HttpError).code }),
          },
        ],
      };
      await open({ concurrency: 1, maxQueued: 0 }, options);
      await holdMany('one');
      const caught = await ask('/hold/two/1');
      expect([caught.status, JSON.parse(caught.body.toString())]).toEqual([
        503,
        { caught: 'background_full' },
      ]);
      held.get('one')!();
      await opened!.close();
      await open(
        { concurrency: 1, maxQueued: 0 },
        { formatError: (error) => ({ formatted: (error as HttpError).code }) },
      );
      await holdMany('other');
      const formatted = await ask('/hold/two/1');
      expect(JSON.parse(formatted.body.toString())).toEqual({ formatted: 'background_full' });
    });

    it('are refused behind the handler too when a middleware adds them, with those of the handler', async () => {
      const codes: unknown[] = [];
      const middleware: AppOptions['middleware'] = [
        async (context, next) => {
          await next();
          codes.push((context.error as HttpError | undefined)?.code);
        },
        async (context, next) => {
          await next();
          context.background(() => seen.push('audit'));
        },
      ];
      await open({ concurrency: 1, maxQueued: 0 }, { middleware }, (add, _, name) => {
        if (name === 'more') add(() => seen.push('task'));
        return 'answered';
      });
      for (let count = 0; count < 2; count++) expect((await ask('/do/more')).status).toBe(503);
      expect((await ask('/do/less')).status).toBe(200);
      await waitFor(() => seen.length > 0);
      expect(seen).toEqual(['audit']);
      expect(codes).toEqual(['background_full', 'background_full', undefined]);
    });

    it('break off a stream that adds one too many', async () => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, (add) =>
        (async function* () {
          yield 'first';
          await wait(1);
          for (const name of ['one', 'two']) add(() => seen.push(name));
        })(),
      );
      await expect(ask('/do/it')).rejects.toThrow();
      await waitFor(() => logged.length > 0);
      expect(logged).toEqual([expect.stringContaining('The response of Work.do broke off')]);
      await wait(5);
      expect(seen).toEqual([]);
    });

    it('run if their handler catches the refusal of another one', async () => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, (add, context) => {
        add(() => seen.push('kept'));
        try {
          context.background(() => seen.push('refused'));
        } catch (error) {
          seen.push((error as HttpError).code);
        }
        return 'answered';
      });
      expect((await ask('/do/one')).status).toBe(200);
      await waitFor(() => seen.length === 2);
      expect(seen).toEqual(['background_full', 'kept']);
      await waitFor(() => running === 0);
      expect((await ask('/do/two')).status).toBe(200);
    });

    it('run if their request fails with another error after the refusal was caught', async () => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, (_, context) => {
        context.background(() => seen.push('kept'));
        expect(() => context.background(() => seen.push('refused'))).toThrow(HttpError);
        throw new HttpError(409);
      });
      expect((await ask('/do/it')).status).toBe(409);
      await waitFor(() => seen.length > 0);
      expect(seen).toEqual(['kept']);
    });

    it('keep the AsyncLocalStorage of their request while they wait', async () => {
      const storage = new AsyncLocalStorage<string>();
      const note = (name: string) => seen.push(`${name} in ${storage.getStore()}`);
      const middleware: AppOptions['middleware'] = [
        (context, next) => storage.run(context.request.path, next),
      ];
      await open({ concurrency: 1, maxQueued: 10 }, { middleware }, (add, context) => {
        add(() => {
          note('task');
          context.background(() => note('its own task'));
        });
        return 'answered';
      });
      await holdMany('first');
      for (const name of ['one', 'two']) {
        askAside(`/do/${name}`);
        await ask('/nothing');
        await wait(5);
      }
      expect(seen).toEqual(['first']);
      await release('first');
      await waitFor(() => seen.length === 5);
      expect(seen.slice(1)).toEqual(
        ['one', 'two'].flatMap((name) => [`task in /do/${name}`, `its own task in /do/${name}`]),
      );
    });

    it('may add others, which always fit, and count', async () => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, (add) => {
        add(() => {
          for (const name of ['second', 'third']) add(hold(name));
        });
        return 'answered';
      });
      askAside('/do/one');
      await release('second');
      await waitFor(() => held.has('third'));
      expect((await ask('/hold/other/1')).status).toBe(503);
      await release('third');
      await waitFor(() => running === 0);
      askAside('/hold/other/1');
      await release('other');
      expect(seen).toEqual(['second', 'third', 'other']);
      expect(logged.filter((line) => !line.includes('HttpError'))).toEqual([]);
    });

    it.each<[string, (add: Add, context: Context) => unknown]>([
      [
        'throws',
        (add) =>
          add(() => {
            throw new Error('task');
          }),
      ],
      ['rejects', (add) => add(() => Promise.reject(new Error('task')))],
      [
        'belongs to a failed request',
        (add) => {
          add(() => seen.push('not run'));
          throw new Error('handler');
        },
      ],
      [
        'belongs to a response that breaks off',
        (add) => {
          add(() => seen.push('not run'));
          return (async function* () {
            yield 'first';
            await wait(1);
            throw new Error('stream');
          })();
        },
      ],
    ])('leave their places where one %s', async (_, answer) => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, (add, context) => answer(add, context) ?? 'answered');
      for (let count = 1; count <= 4; count++) {
        await ask('/do/it').catch(() => undefined);
        await waitFor(() => logged.length === count);
      }
      // A line may have a random id, so the number alone is not enough.
      expect(logged.filter((line) => /\b503\b|waiting/.test(line))).toEqual([]);
      await wait(5);
      askAside('/hold/next/1');
      await release('next');
      expect(seen).toEqual(['next']);
    });

    it('do not keep the place of a client that has left', async () => {
      await open({ concurrency: 1, maxQueued: 0 }, {}, async (add, context, name) => {
        seen.push(name);
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        add(() => seen.push('task'));
        return 'answered';
      });
      for (const name of ['one', 'two']) {
        const client = new AbortController();
        const gone = opened!.send({ url: `/do/${name}`, signal: client.signal }).catch(() => undefined);
        await waitFor(() => seen.includes(name));
        client.abort();
        await gone;
        await waitFor(() => seen.at(-1) === 'task');
        await wait(5);
      }
      expect(seen).toEqual(['one', 'task', 'two', 'task']);
    });

    describe('when the application closes', () => {
      it('all run before it has closed, also those that wait', async () => {
        await open({ concurrency: 1, maxQueued: 10 }, { onStop: () => void seen.push('onStop') });
        await holdMany('one', 'two', 'three');
        const closing = app.close({ timeoutMs: 20_000 });
        for (const name of ['one', 'two', 'three']) await release(name);
        await closing;
        expect(seen).toEqual(['one', 'two', 'three', 'onStop']);
        expect(logged).toEqual([]);
      });

      it('are given up and logged at the deadline if they still wait, and clean-ups run', async () => {
        const onCleanup: AppOptions['middleware'] = [
          (context, next) => {
            context.onCleanup(() => seen.push(`clean-up of ${context.request.path}`));
            return next();
          },
        ];
        await open({ concurrency: 1, maxQueued: 10 }, { middleware: onCleanup });
        askAside('/hold/one/1');
        await waitFor(() => held.has('one'));
        askAside('/hold/two/3');
        await wait(20);
        await app.close({ timeoutMs: 50 });
        expect(seen).toEqual(['one', 'clean-up of /hold/two/3', 'clean-up of /hold/one/1']);
        expect(logged).toEqual([
          ': Error: 3 of the background tasks of Work.hold did not run, because the application has closed',
        ]);
      });
    });
  });
}
