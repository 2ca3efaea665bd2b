import { IsString } from 'class-validator';
import {
  Body,
  Controller,
  createApp,
  isPromise,
  Post,
  UseMiddleware,
  type AroundStep,
  type Context,
  type InnerStep,
  type Middleware,
  type Next,
} from '../../src';
import { named } from '../plan/make-plan';
import { makeLogger } from '../make-logger';

class Note {
  @IsString()
  text!: string;
}

/** Notes when each step inside it begins and ends, and with what. */
class Observer implements Middleware {
  readonly seen: string[] = [];
  readonly name: string;

  constructor(name = 'observer') {
    this.name = name;
  }

  aroundSteps({ kind, name }: InnerStep): AroundStep {
    const step = `${this.name === 'observer' ? '' : `${this.name}: `}${kind} ${name}`;
    return (_context, run) => {
      this.seen.push(`> ${step}`);
      const end = (outcome: string): void => void this.seen.push(`< ${step}${outcome}`);
      try {
        const value = run();
        if (!isPromise(value)) end('');
        else void Promise.resolve(value).then(() => end(' later'));
        return value;
      } catch (error) {
        end(` threw ${(error as Error).message}`);
        throw error;
      }
    };
  }

  handle(_context: Context, next: Next) {
    return next();
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

const passOn = (name: string): Middleware => named(name);

async function inject(
  middleware: readonly Middleware[],
  handler: (context: Context) => unknown,
  development = false,
) {
  const app = await createApp({
    development,
    logger: makeLogger(),
    middleware,
    routes: [{ method: 'GET', path: '/x', handler, name: 'show' }],
  });
  return app.inject({ url: '/x' });
}

describe('a middleware with aroundSteps', () => {
  it.each([true, false])(
    'runs around each step inside it, and no other (development: %s)',
    async (development) => {
      const observer = new Observer();
      const response = await inject(
        [passOn('outer'), observer, passOn('a'), passOn('b')],
        () => 'shown',
        development,
      );
      expect(response.text()).toBe('shown');
      expect(observer.seen).toEqual([
        '> middleware a',
        '> middleware b',
        '> handler show',
        '< handler show',
        '< middleware b',
        '< middleware a',
      ]);
    },
  );

  it('runs around the body, its validation and the handler', async () => {
    const observer = new Observer();

    @Controller('/notes')
    class NotesController {
      @Post()
      @UseMiddleware(observer)
      add(@Body() note: Note) {
        return note.text;
      }
    }

    const app = await createApp({ controllers: [NotesController] });
    const add = (text: unknown) =>
      app.inject({ method: 'POST', url: '/notes', headers: JSON_TYPE, body: JSON.stringify({ text }) });
    expect((await add('hello')).text()).toBe('hello');
    expect(observer.seen.filter((line) => line.startsWith('>'))).toEqual([
      '> body body(json)',
      '> validate validate(Note)',
      '> handler add',
    ]);
    observer.seen.length = 0;
    expect((await add(5)).status).toBe(422);
    expect(observer.seen.at(-2)).toMatch(/^< validate validate\(Note\) threw /);
    expect(observer.seen.at(-1)).toBe('< body body(json)');
  });

  it('sees what a step throws, and promises', async () => {
    const observer = new Observer();
    const fail = (): never => {
      throw new Error('No');
    };
    expect((await inject([observer, passOn('a')], fail)).status).toBe(500);
    expect(observer.seen.slice(2)).toEqual(['< handler show threw No', '< middleware a']);
    const later = new Observer();
    await inject([later, passOn('a')], () => Promise.resolve('shown'));
    expect(later.seen.slice(2).sort()).toEqual(['< handler show later', '< middleware a later']);
  });

  it('is the outermost here, too, where several run around a step', async () => {
    const inner = new Observer('inner');
    const outer = new Observer('outer');
    (inner as { seen: string[] }).seen = outer.seen;
    await inject([outer, inner], () => 'shown');
    expect(outer.seen).toEqual([
      '> outer: middleware inner',
      '> outer: handler show',
      '> inner: handler show',
      '< inner: handler show',
      '< outer: handler show',
      '< outer: middleware inner',
    ]);
  });

  it('runs around the answer to a preflight and to a path that no route has', async () => {
    const observer = new Observer();
    const app = await createApp({
      middleware: [observer],
      routes: [{ method: 'PUT', path: '/x', handler: () => 1, middleware: [passOn('a')], name: 'put' }],
    });
    await app.inject({ url: '/nowhere' });
    expect(observer.seen).toEqual(['> handler answer', '< handler answer']);
    observer.seen.length = 0;
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
    await app.inject({ method: 'OPTIONS', url: '/x', headers });
    expect(observer.seen.filter((line) => line.startsWith('>'))).toEqual([
      '> middleware a',
      '> handler answer',
    ]);
  });

  it('leaves the functions of a step as they are where it returns undefined, and on other routes', async () => {
    const depths: number[] = [];
    const measure = (): void => {
      Error.stackTraceLimit = 100;
      depths.push(new Error().stack!.split('\n').length);
      Error.stackTraceLimit = 10;
    };
    const silent: Middleware = { ...named('silent'), aroundSteps: () => undefined };
    const loud: Middleware = { ...named('loud'), aroundSteps: () => (_context, run) => run() };
    for (const outer of [named('none'), silent, loud]) await inject([outer, passOn('a')], measure);
    const [none, same, more] = depths;
    expect(same).toBe(none);
    expect(more).toBeGreaterThan(none!);
  });

  it('learns which of the steps may answer while those inside it still run', async () => {
    const leaving = new Set<string>();
    const watcher: Middleware = {
      ...named('watcher'),
      aroundSteps: ({ name, leavesInner }) => void (leavesInner === true && leaving.add(name)),
    };
    await inject([watcher, passOn('a'), { ...named('clock'), leavesInner: true }], () => 'x');
    expect(leaving).toEqual(new Set(['clock']));
  });

  it('has its own `this` where it is a class', async () => {
    class Names extends Observer {
      constructor() {
        super('names');
      }
    }
    const seen: string[] = [];
    class Watch extends Names {
      override aroundSteps(step: InnerStep): AroundStep {
        seen.push(`${this.name} ${step.kind} ${step.name}`);
        return super.aroundSteps(step);
      }
    }
    await createApp({
      middleware: [Watch],
      routes: [{ method: 'GET', path: '/', handler: () => 1, name: 'x' }],
    });
    expect(seen).toContain('names handler x');
  });

  it.each([
    ['is not a function', { aroundSteps: 5 as never }, 'aroundSteps of bad is not a function.'],
    [
      'returns a promise, which rejects',
      { aroundSteps: () => Promise.reject(new Error('later')) as never },
      'aroundSteps of bad returned neither a function nor undefined.',
    ],
    [
      'returns something else',
      { aroundSteps: () => 5 as never },
      'aroundSteps of bad returned neither a function nor undefined.',
    ],
    [
      'throws',
      {
        aroundSteps: () => {
          throw new Error('No');
        },
      },
      'aroundSteps of bad threw: No',
    ],
  ])('refuses to start where it %s', async (_case, parts, fault) => {
    const starting = inject([{ ...named('bad'), ...parts }], () => 1);
    await expect(starting).rejects.toMatchObject({ problems: [{ code: 'MIDDLEWARE_INVALID', fault }] });
  });
});
