import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { json, noContent, redirect, text, type Context, type MiddlewareLike } from '@sluice/core';
import { notes, serve } from '../serve';

const fail = (): never => {
  throw new Error('on purpose');
};
const never = new Promise<never>(() => {});

/** An iterable with the given `next` and `return`. */
const makeIterable = (next: () => unknown, stop?: () => unknown): AsyncIterable<string> =>
  ({ [Symbol.asyncIterator]: () => ({ next, return: stop }) }) as unknown as AsyncIterable<string>;

async function* throwAfter(...parts: readonly string[]): AsyncGenerator<string> {
  for (const part of parts) {
    await wait(1);
    yield part;
  }
  fail();
}

/** Handlers that misbehave. Each is on /does/<name>. */
export const MISBEHAVIOURS: Readonly<Record<string, (context: Context) => unknown>> = {
  throws: fail,
  'throws-text': () => {
    throw 'text';
  },
  'throws-undefined': () => {
    throw undefined;
  },
  'throws-null': () => {
    throw null;
  },
  'throws-hostile-object': () => {
    throw new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail });
  },
  'throws-hostile-error': () => {
    throw Object.defineProperty(new Error('x'), 'message', { get: fail });
  },
  'overflows-stack': function overflow(context): unknown {
    return [overflowForever(context)];
  },
  rejects: () => Promise.reject(new Error('on purpose')),
  'rejects-with-undefined': () => Promise.reject(undefined),
  'rejects-late': async () => {
    await wait(20);
    fail();
  },
  'thenable-throws': () => ({ then: fail }),
  'thenable-settles-twice': () => ({
    then(resolve: (value: string) => void, reject: (error: Error) => void) {
      resolve('once');
      resolve('twice');
      reject(new Error('thrice'));
    },
  }),
  'answers-twice': ({ response }) => {
    response.body = 'one';
    response.body = 'two';
    return 'three';
  },
  'answers-again-later': ({ response }) => {
    setTimeout(() => {
      response.status = 500;
      response.body = 'too late';
      response.headers.set('X-Late', '1');
    }, 5);
    return 'in time';
  },
  'calls-next-twice': () => text('twice'),
  'returns-function': () => fail,
  'returns-symbol': () => Symbol('x'),
  'returns-hostile-json': () => ({ toJSON: fail }),
  'returns-locked-stream': () => {
    const source = new ReadableStream();
    source.getReader();
    return source;
  },
  'sets-body-to-nonsense': ({ response }) => {
    response.body = 7 as unknown as string;
  },
  'sets-status-to-nonsense': ({ response }) => {
    response.status = 42;
  },
  'stream-throws-at-once': () => makeIterable(fail),
  'stream-throws-later': () => throwAfter('a', 'b'),
  'stream-throws-in-iterator': () => ({ [Symbol.asyncIterator]: fail }),
  'stream-of-nonsense': () => Readable.from([{ a: 1 }, null, 7]),
  'readable-fails': () => new Readable({ read: () => void 0 }).destroy(new Error('gone')),
  'readable-throws': () => new Readable({ read: fail }),
  'web-stream-throws': () => new ReadableStream({ pull: fail }),
  'background-throws': (context) => {
    context.background(fail);
    context.background(() => Promise.reject(new Error('x')));
    return 'fine';
  },
  'reads-too-late': ({ request }) => {
    setTimeout(() => {
      try {
        notes.push(`read ${String(request.header('x-unread'))}`);
      } catch (error) {
        notes.push(`refused: ${(error as Error).message}`);
      }
    }, 10);
    return 'answered';
  },
  'drops-its-body-promise': ({ request }) => {
    void request.json();
    void request.form();
    return 'fine';
  },
};

function overflowForever(context: Context): unknown {
  return [overflowForever(context)];
}

/** Handlers that do not answer until the client disconnects, or whose clean-up then misbehaves. */
const LEFT_ALONE: Readonly<Record<string, (context: Context) => unknown>> = {
  'never-answers': () => never,
  'listener-throws': ({ signal }) => {
    signal.addEventListener('abort', fail);
    signal.addEventListener('abort', { handleEvent: fail });
    return never;
  },
  'listener-rejects': ({ signal }) => {
    signal.addEventListener('abort', (): unknown => Promise.reject(new Error('on purpose')));
    return never;
  },
  'onabort-throws': ({ signal }) => {
    signal.onabort = fail;
    return never;
  },
  'body-promise-dropped': async ({ request }) => {
    const body = request.json();
    await never;
    return body;
  },
  'idle-generator': async function* () {
    yield 'a';
    await never;
  },
  'stop-throws': () => {
    let count = 0;
    return makeIterable(() => (count++ === 0 ? Promise.resolve({ value: 'a', done: false }) : never), fail);
  },
  'stop-rejects': () => {
    let count = 0;
    return makeIterable(
      () => (count++ === 0 ? Promise.resolve({ value: 'a', done: false }) : never),
      () => Promise.reject(new Error('x')),
    );
  },
  'destroy-throws': () => {
    const source = new Readable({ read() {} });
    source.push('a');
    source._destroy = fail;
    return source;
  },
  'cancel-throws': () =>
    new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('a')),
      cancel: fail,
    }),
  'answers-after-abort': async (context) => {
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    context.response.headers.set('X-Late', 'yes');
    context.background(() => void notes.push(`background after abort from ${context.request.address}`));
    return json({ late: true });
  },
  'streams-after-abort': async (context) => {
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    return new Readable({ read() {}, destroy: (_, done) => (notes.push('stopped unsent'), done(null)) });
  },
};

/** Handlers that try to get the line `X-Injected` into the response. */
const SPLIT = 'a\r\nX-Injected: yes\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const INJECTIONS: Readonly<Record<string, (context: Context) => unknown>> = {
  value: ({ response }) => void response.headers.set('X-A', SPLIT),
  'value-lf': ({ response }) => void response.headers.append('X-A', 'a\nX-Injected: yes'),
  'value-cr': ({ response }) => void response.headers.append('X-A', 'a\rX-Injected: yes'),
  name: ({ response }) => void response.headers.set(`X-A: a\r\nX-Injected`, 'yes'),
  'reply-value': () => text('x', { headers: { 'X-A': SPLIT } }),
  'reply-name': () => text('x', { headers: { 'X-A: 1\r\nX-Injected': 'yes' } }),
  vary: ({ response }) => void response.headers.vary('a\r\nX-Injected: yes'),
  'content-type': () => json({}, { headers: { 'Content-Type': SPLIT } }),
  'content-length': () => json({}, { headers: { 'Content-Length': '2\r\nX-Injected: yes' } }),
  connection: ({ response }) => void response.headers.set('Connection', 'close\r\nX-Injected: yes'),
  location: () => redirect(`/a${SPLIT}`),
  'location-header': () => noContent({ headers: { Location: SPLIT } }),
  'cookie-name': ({ response }) => response.setCookie(SPLIT, '1'),
  'cookie-value': ({ response }) => response.setCookie('a', SPLIT),
  'cookie-path': ({ response }) => response.setCookie('a', '1', { path: `/${SPLIT}` }),
  'cookie-domain': ({ response }) => response.setCookie('a', '1', { domain: SPLIT }),
  'cookie-same-site': ({ response }) => response.setCookie('a', '1', { sameSite: SPLIT as 'lax' }),
  problem: () => {
    throw Object.assign(new Error('x'), { status: 400, headers: { 'X-A': SPLIT } });
  },
};

const nextTwice: MiddlewareLike = async (_, next) => {
  await next();
  await next();
};

function mount(prefix: string, handlers: Readonly<Record<string, (context: Context) => unknown>>) {
  return Object.entries(handlers).map(([name, handler]) => ({
    method: 'ALL' as const,
    path: `${prefix}/${name}`,
    name,
    handler,
    ...(name === 'calls-next-twice' && { middleware: [nextTwice] }),
  }));
}

export const NAMES = {
  misbehaviours: Object.keys(MISBEHAVIOURS),
  leftAlone: Object.keys(LEFT_ALONE),
  injections: Object.keys(INJECTIONS),
};

if (require.main === module) {
  // No error of a handler may come here: without this listener it would end the process.
  process.on('uncaughtException', (error: Error) => notes.push(`uncaught ${error.message}`));
  void serve({
    routes: [
      { method: 'GET', path: '/', handler: () => 'alive' },
      ...mount('/does', MISBEHAVIOURS),
      ...mount('/leaves', LEFT_ALONE),
      ...mount('/injects', INJECTIONS),
    ],
  });
}
