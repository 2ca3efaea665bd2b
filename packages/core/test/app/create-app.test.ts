import { ConfigurationError, Controller, createApp, Get, Inject, Injectable, UseMiddleware } from '../../src';
import type { AppOptions, Context, Next } from '../../src';
import { makeLogger } from '../make-logger';

async function readProblems(options: AppOptions): Promise<string[]> {
  const error: unknown = await createApp(options).catch((caught: unknown) => caught);
  if (!(error instanceof ConfigurationError)) throw new Error('It did not fail.');
  return error.problems.map(({ code, place, fault }) => `${code} ${place}: ${fault}`);
}

@Injectable()
class Repository {
  constructor(@Inject('db') readonly db: unknown) {}
}

@Injectable()
class Tag {
  constructor(readonly repository: Repository) {}
  handle(_context: Context, next: Next) {
    return next();
  }
}

@Controller('/rows')
@UseMiddleware(Tag)
class RowsController {
  constructor(
    readonly repository: Repository,
    @Inject('db') readonly db: { rows: string[] },
  ) {}
  @Get() list() {
    return this.db.rows;
  }
}

describe('a factory that fails', () => {
  const unhandled = jest.fn();
  beforeAll(() => void process.on('unhandledRejection', unhandled));
  afterAll(() => void process.off('unhandledRejection', unhandled));

  const failures: readonly (readonly [string, () => unknown])[] = [
    ['rejects', () => Promise.reject(new Error('no route to host'))],
    ['rejects later', () => new Promise((_, reject) => setImmediate(reject, new Error('no route to host')))],
    [
      'throws',
      () => {
        throw new Error('no route to host');
      },
    ],
  ];

  it.each(failures)('is one problem if it %s, is called once, and can be tried again', async (_, fail) => {
    const connect = jest.fn(fail);
    const options = {
      controllers: [RowsController],
      providers: [
        { token: 'early', useFactory: (db: unknown) => db, inject: ['db'] },
        { token: 'db', useFactory: connect },
        Repository,
        { token: 'late', useFactory: async (...all: unknown[]) => all, inject: ['db', Repository] },
      ],
    };
    expect(await readProblems(options)).toEqual([
      'DEPENDENCY_FAILED "db": "db" could not be created: no route to host',
    ]);
    expect(connect).toHaveBeenCalledTimes(1);
    connect.mockImplementation(() => Promise.resolve({ rows: ['a'] }));
    const app = await createApp(options);
    expect((await app.inject({ url: '/rows' })).json()).toEqual(['a']);
    await app.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('is handled also if another dependency of the same class throws before it', async () => {
    const providers = [
      { token: 'db', useFactory: () => Promise.reject(new Error('first')), scope: 'transient' as const },
      { token: 'never', useFactory: failures[2]![1] },
      { token: 'both', useFactory: (...all: unknown[]) => all, inject: ['db', 'never'] },
    ];
    expect(await readProblems({ routes: [], providers })).toEqual([
      'DEPENDENCY_FAILED "never": "never" could not be created: no route to host',
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('makes createApp dispose of what was made, the last one first', async () => {
    const seen: string[] = [];
    const logger = makeLogger();
    const disposable = (name: string) => ({ [Symbol.asyncDispose]: async () => void seen.push(name) });
    const stuck = {
      [Symbol.dispose]: () => {
        throw new Error('stuck');
      },
    };
    const providers = [
      { token: 'pool', useFactory: () => disposable('pool') },
      { token: 'stuck', useFactory: async () => stuck },
      { token: 'cache', useFactory: async () => disposable('cache') },
      { token: 'mine', useValue: disposable('mine') },
      { token: 'db', useFactory: failures[0]![1] },
    ];
    expect(await readProblems({ routes: [], providers, logger })).toHaveLength(1);
    expect(seen).toEqual(['cache', 'pool']);
    expect(logger.errors).toEqual([new Error('stuck')]);
  });

  it('does not dispose of what another container made', async () => {
    const dispose = jest.fn();
    const instance = { [Symbol.dispose]: dispose, list: () => [] };
    const container = {
      resolve: (asked: unknown) => {
        if (asked === RowsController) return instance as never;
        throw new Error('unknown');
      },
    };
    const problems = await readProblems({ controllers: [RowsController], container });
    expect(problems).toEqual(['DEPENDENCY_FAILED Tag: Tag could not be created: unknown']);
    expect(dispose).not.toHaveBeenCalled();
  });
});

describe('a mistake in the dependencies', () => {
  @Injectable()
  class Clock {
    constructor(
      @Inject('hands') readonly hands: unknown,
      @Inject('weight') readonly weight: unknown,
    ) {}
  }
  @Injectable()
  class Hands {
    constructor(readonly clock: Clock) {}
  }
  @Controller('/day')
  class DayController {
    constructor(
      readonly clock: Clock,
      readonly hands: Hands,
    ) {}
    @Get() show() {}
  }
  @Controller('/night')
  class NightController extends DayController {}

  it('is reported once, from any class that asks: a cycle, and a token without a provider', async () => {
    const cycle =
      'DEPENDENCY_CYCLE "hands": The dependencies form a cycle: "hands" → Hands → Clock → "hands".';
    const missing =
      'DEPENDENCY_UNRESOLVED Clock, constructor parameter 1: The token "weight" has no provider.';
    const hands = { token: 'hands', useClass: Hands };
    const controllers = [DayController, NightController];
    expect(await readProblems({ controllers, providers: [hands, Clock, Hands] })).toEqual([
      cycle,
      `${missing} It is needed by "hands" → Hands → Clock.`,
    ]);
    const weight = { token: 'weight', useFactory: () => 1, inject: [Clock] };
    expect(await readProblems({ controllers, providers: [hands, weight] })).toEqual([
      cycle,
      'DEPENDENCY_CYCLE Clock: The dependencies form a cycle: Clock → "weight" → Clock.',
    ]);
  });
});

describe('a class that cannot be constructed', () => {
  it('can be tried again with listen', async () => {
    const construct = jest.fn((): void => {
      throw new Error('not yet');
    });
    class Flaky {
      constructor() {
        construct();
      }
      handle(_context: Context, next: Next) {
        return next();
      }
    }
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'ok' }] });
    app.use(Flaky);
    await expect(app.inject({ url: '/' })).rejects.toThrow('Flaky could not be created: not yet');
    construct.mockImplementation(() => undefined);
    expect((await app.inject({ url: '/' })).text()).toBe('ok');
    await app.close();
  });
});
