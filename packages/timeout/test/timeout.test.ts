import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  ConfigurationError,
  Controller,
  createApp,
  createParameterDecorator,
  Get,
  LateReply,
  Post,
  SkipMiddleware,
  stream,
  type App,
  type AppOptions,
  type Context,
  type Next,
  type PlainRoute,
} from '@sluice/core';
import { Timeout, timeout, type TimeoutOptions } from '../src';
import { TimerWheel } from '../src/timer-wheel';

const AFTER_MS = 40;

/** Lets the handler go on, and waits until the inner steps have ended. */
class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

let gate: Gate;
let seen: string[];
let logged: string[];

beforeEach(() => {
  gate = new Gate();
  seen = [];
  logged = [];
});

afterEach(() => gate.open());

const logger = {
  info: () => undefined,
  warn: (message: string) => void logged.push(message),
  error: (error: unknown, message = '') => void logged.push(`${message}: ${String(error)}`),
};

type Answer = (context: Context) => unknown;

async function start(answer: Answer, options: AppOptions = {}): Promise<App> {
  const route: PlainRoute = { method: 'GET', path: '/it', handler: answer };
  const fine: PlainRoute = { method: 'GET', path: '/fine', handler: () => 'fine' };
  return createApp({
    routes: [route, fine],
    middleware: [timeout({ afterMs: AFTER_MS })],
    logger,
    development: false,
    ...options,
  });
}

const late =
  (make: () => unknown): Answer =>
  async () => {
    await gate.opened;
    seen.push('handler went on');
    return make();
  };

async function waitFor(entry: string): Promise<void> {
  for (let turn = 0; turn < 1000 && !seen.includes(entry); turn += 1) await wait(5);
  expect(seen).toContain(entry);
}

describe('a request that takes too long', () => {
  it('is answered with 504 as a problem, which is logged', async () => {
    const app = await start(late(() => 'late'));
    const response = await app.inject({ url: '/it' });
    expect(response.status).toBe(504);
    expect(response.header('content-type')).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ status: 504, code: 'timeout' });
    expect(logged).toHaveLength(1);
  });

  it('has its signal aborted with a TimeoutError, also if the signal is first read later', async () => {
    let context: Context | undefined;
    const app = await start(async (given) => {
      context = given;
      await gate.opened;
    });
    await app.inject({ url: '/it' });
    expect(context!.signal.aborted).toBe(true);
    expect((context!.signal.reason as Error).name).toBe('TimeoutError');
  });

  it('stops work that takes the signal, and does not log that as a failure', async () => {
    const app = await start(async ({ signal }) => {
      try {
        await wait(60_000, undefined, { signal });
      } finally {
        seen.push('stopped');
      }
    });
    expect((await app.inject({ url: '/it' })).status).toBe(504);
    await waitFor('stopped');
    await wait(5);
    expect(logged).toHaveLength(1);
  });

  it('shows the 504 to the middleware further out, and the time-out as context.error', async () => {
    const look = async (context: Context, next: Next) => {
      await next();
      seen.push(`${context.response.status} ${(context.error as Error).message}`);
      context.response.headers.set('X-Seen', 'yes');
    };
    const app = await start(
      late(() => 'late'),
      { middleware: [look, timeout({ afterMs: AFTER_MS })] },
    );
    const response = await app.inject({ url: '/it' });
    expect([response.status, response.header('x-seen')]).toEqual([504, 'yes']);
    expect(seen[0]).toMatch(/^504 /);
  });
});

describe('the outcome of a step after the time-out', () => {
  /** A middleware further out that keeps the answer open while the inner steps go on. */
  const slow = async (_context: Context, next: Next) => {
    await next();
    gate.open();
    await wait(30);
  };
  const middleware = [slow, timeout({ afterMs: AFTER_MS })];

  class LateText extends LateReply {
    async make() {
      await gate.opened;
      seen.push('handler went on');
      return 'made late';
    }
  }

  it.each<[string, Answer]>([
    ['a value', late(() => ({ late: true }))],
    ['text', late(() => 'late')],
    ['nothing', late(() => undefined)],
    ['a late reply', () => new LateText()],
    ['a late reply after the time', late(() => new LateText())],
    ['an error as a value', late(() => new Error('returned'))],
  ])('does not change the answer: %s', async (_, answer) => {
    const app = await start(answer, { middleware });
    const response = await app.inject({ url: '/it' });
    expect(seen).toContain('handler went on');
    expect(response.status).toBe(504);
    expect(response.json()).toMatchObject({ code: 'timeout' });
  });

  it('is logged if it is an error, once, and no rejection is left', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const app = await start(
      late(() => {
        throw new Error('disk');
      }),
      { middleware },
    );
    const response = await app.inject({ url: '/it' });
    await wait(10);
    process.off('unhandledRejection', unhandled);
    expect(response.json()).toMatchObject({ code: 'timeout' });
    expect(logged.filter((line) => line.includes('disk'))).toEqual([
      expect.stringMatching(/failed after it was given up: Error: disk$/),
    ]);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('is stopped if it is a stream', async () => {
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: 'x' }),
        return: async () => {
          seen.push('source stopped');
          return { done: true, value: undefined };
        },
      }),
    };
    const app = await start(
      late(() => stream(source as AsyncIterable<string>)),
      { middleware },
    );
    expect((await app.inject({ url: '/it' })).json()).toMatchObject({ code: 'timeout' });
    await waitFor('source stopped');
  });

  it('is not a step or handler that has not begun', async () => {
    const check = async (_context: Context, next: Next) => {
      await gate.opened;
      await next();
    };
    const app = await start(() => void seen.push('handler ran'), { middleware: [...middleware, check] });
    expect((await app.inject({ url: '/it' })).status).toBe(504);
    await wait(10);
    expect(seen).toEqual([]);
  });

  it('is not the outcome of an error handler that still runs', async () => {
    const app = await start(
      () => {
        throw new Error('disk');
      },
      {
        middleware,
        formatError: async (error) => {
          if ((error as { status?: number }).status === 504) return { problem: 'timeout' };
          await gate.opened;
          seen.push('formatted');
          return { problem: 'late' };
        },
      },
    );
    const response = await app.inject({ url: '/it' });
    expect(seen).toEqual(['formatted']);
    expect([response.status, response.json()]).toEqual([504, { problem: 'timeout' }]);
  });

  it('lets a stream whose first chunk does not come end', async () => {
    const app = await start(({ signal }) =>
      stream(
        (async function* () {
          try {
            await wait(60_000, undefined, { signal });
            yield 'never';
          } finally {
            seen.push('source ended');
          }
        })(),
      ),
    );
    expect((await app.inject({ url: '/it' })).status).toBe(504);
    await waitFor('source ended');
  });
});

describe('clean-ups', () => {
  it('may still be added by the handler', async () => {
    const app = await start(async (context) => {
      await gate.opened;
      context.onCleanup(() => seen.push('cleaned'));
    });
    expect((await app.inject({ url: '/it' })).status).toBe(504);
    gate.open();
    await waitFor('cleaned');
  });

  const Connection = createParameterDecorator('Connection', async function* () {
    try {
      yield 'connection';
    } finally {
      seen.push('closed');
    }
  });

  @Controller('/work')
  class WorkController {
    @Get()
    async work(@Connection() _connection: unknown) {
      await gate.opened;
      seen.push('handler went on');
    }
  }

  it('wait for the handler that still runs', async () => {
    const app = await start(() => '', { controllers: [WorkController] });
    const injected = app.inject({ url: '/work' });
    await wait(AFTER_MS * 3);
    expect(seen).toEqual([]);
    gate.open();
    expect((await injected).status).toBe(504);
    await waitFor('closed');
    expect(seen).toEqual(['handler went on', 'closed']);
  });

  it('wait for it no longer than streamStopTimeoutMs', async () => {
    const app = await start(() => '', { controllers: [WorkController], streamStopTimeoutMs: 30 });
    expect((await app.inject({ url: '/work' })).status).toBe(504);
    await waitFor('closed');
    expect(seen).toEqual(['closed']);
    expect(logged.at(-1)).toMatch(/handler of .* did not end within 30 ms/);
  });
});

describe('a request in time', () => {
  it('arms no timer if nothing waits, and leaves none if something does', async () => {
    const arm = jest.spyOn(TimerWheel.prototype, 'arm');
    const disarm = jest.spyOn(TimerWheel.prototype, 'disarm');
    const app = await start(() => wait(1, 'later'));
    await app.inject({ url: '/fine' });
    expect(arm).not.toHaveBeenCalled();
    expect((await app.inject({ url: '/it' })).body.toString()).toBe('later');
    expect([arm.mock.calls.length, disarm.mock.calls.length]).toEqual([1, 1]);
    jest.restoreAllMocks();
  });

  it('may stream as long as it wants once its head was sent', async () => {
    const app = await start(() =>
      stream(
        (async function* () {
          yield 'first ';
          await wait(AFTER_MS * 3);
          yield 'second';
        })(),
      ),
    );
    const response = await app.inject({ url: '/it' });
    expect([response.status, response.body.toString()]).toEqual([200, 'first second']);
  });
});

describe('the time of a route', () => {
  @Controller('/slow')
  @Timeout(20)
  class SlowController {
    @Get()
    async list() {
      await wait(60);
      return 'slow';
    }

    @Get('/longer')
    @Timeout(10_000)
    async longer() {
      await wait(60);
      return 'longer';
    }

    @Get('/endless')
    @SkipMiddleware('timeout')
    async endless() {
      await wait(60);
      return 'endless';
    }
  }

  it.each([
    ['/slow', 504],
    ['/slow/longer', 200],
    ['/slow/endless', 200],
  ])('of %s gives %i', async (url, status) => {
    const app = await start(() => '', {
      controllers: [SlowController],
      middleware: [timeout({ afterMs: 5 })],
    });
    expect((await app.inject({ url })).status).toBe(status);
  });

  it.each([{}, { afterMs: 0 }, { afterMs: 1.5 }, { afterMs: 1, after: 2 }])('refuses %j', (options) => {
    expect(() => timeout(options as TimeoutOptions)).toThrow(ConfigurationError);
  });
});

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterEach(async () => {
    gate.open();
    await app.close({ timeoutMs: 100 });
  });
  afterAll(() => agent.destroy());

  @Controller('/body')
  class BodyController {
    @Post()
    take(@Body({ validate: false }) body: unknown) {
      return { body };
    }
  }

  async function listen(answer: Answer): Promise<number> {
    app = await start(answer, { engine, controllers: [BodyController] });
    return (await app.listen({ port: 0, host: '127.0.0.1', handleSignals: false })).port;
  }

  const ask = (port: number, path: string, method = 'GET', body?: string) =>
    new Promise<{ status: number; text: string; isReused: boolean }>((resolve, reject) => {
      const request = httpRequest({ port, host: '127.0.0.1', path, method, agent });
      request.on('error', reject).on('response', (response: IncomingMessage) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () =>
          resolve({ status: response.statusCode!, text, isReused: request.reusedSocket }),
        );
      });
      if (body !== undefined)
        request.setHeader('content-type', 'application/json').setHeader('content-length', body.length);
      request.end(body);
    });

  it('answers 504 and the connection serves the next request, while the handler still runs', async () => {
    const port = await listen(late(() => 'late'));
    expect((await ask(port, '/it')).status).toBe(504);
    expect(await ask(port, '/fine')).toEqual({ status: 200, text: 'fine', isReused: true });
    gate.open();
    await waitFor('handler went on');
    expect((await ask(port, '/fine')).text).toBe('fine');
  });

  it('still reads bodies that come in time', async () => {
    const port = await listen(() => 'it');
    expect((await ask(port, '/body', 'POST', '{"a":1}')).text).toBe('{"body":{"a":1}}');
  });

  it('counts the upload of the body', async () => {
    const port = await listen(() => 'it');
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('error', () => undefined).on('data', (chunk) => (received += String(chunk)));
    const head = 'Host: a\r\nContent-Type: application/json\r\nContent-Length: 20';
    socket.write(`POST /body HTTP/1.1\r\n${head}\r\n\r\n{"a"`);
    for (let turn = 0; turn < 400 && received === ''; turn += 1) await wait(5);
    socket.destroy();
    expect(received).toMatch(/^HTTP\/1\.1 504 /);
  });
});
