import {
  ConfigurationError,
  Controller,
  createApp,
  Get,
  Injectable,
  OnStart,
  OnStop,
  printPlan,
  type AppOptions,
  type Middleware,
  type Provider,
  type Service,
  type WorkMethod,
} from '../../../src';
import { makeWorkDecorator } from '../../../src/kit';
import { makeLogger } from '../../make-logger';

const Daily = (at: string) => makeWorkDecorator({ decorator: '@Daily', service: 'daily', options: { at } });

/** Plans a row for each method, and keeps them. */
class DailyService implements Service {
  readonly name = 'daily';
  methods: readonly WorkMethod[] = [];

  prepare(methods: readonly WorkMethod[]) {
    this.methods = methods;
    return methods.map(({ place, method, options }) => {
      const { at } = options as { at: string };
      return { kind: 'DAILY', when: at, name: place, steps: [method] };
    });
  }
}

async function makeDaily(options: AppOptions = { providers: [Reports] }) {
  const daily = new DailyService();
  return { daily, app: await createApp({ ...options, services: [daily] }) };
}

let seen: string[] = [];
beforeEach(() => (seen = []));

@Injectable()
class Store {
  @OnStart() open() {
    seen.push('store up');
  }
  @OnStop() close() {
    seen.push('store down');
  }
}

@Injectable()
class Reports {
  constructor(readonly store: Store) {}
  @Daily('03:00') nightly(day: Date) {
    seen.push(`nightly ${day.getTime()} with ${this.store.constructor.name}`);
  }
  @Daily('12:00') noon() {
    return 'noon';
  }
}

describe('the methods of a service', () => {
  it('are found on providers and controllers, in the order written', async () => {
    @Controller('/notes')
    class NotesController {
      @Get() list() {
        return [];
      }
      @Daily('01:00') clean() {}
    }
    const { app, daily } = await makeDaily({ controllers: [NotesController], providers: [Reports] });
    expect(daily.methods.map(({ place }) => place)).toEqual([
      'Reports.nightly',
      'Reports.noon',
      'NotesController.clean',
    ]);
    expect(app.plan.routes).toHaveLength(1);
  });

  it('are called on the one instance, and know their emitted types', async () => {
    const { app, daily } = await makeDaily();
    const [nightly, noon] = daily.methods;
    nightly!.call(new Date(5));
    expect(seen).toEqual(['nightly 5 with Store']);
    expect(noon!.call()).toBe('noon');
    expect(nightly).toMatchObject({
      type: Reports,
      method: 'nightly',
      decorator: '@Daily',
      parameterTypes: [Date],
    });
    expect(app.get(Reports).store).toBeInstanceOf(Store);
  });

  it('are found on a value that the program made itself, which is neither started nor stopped', async () => {
    const own = new Reports(new Store());
    const providers = [
      { token: Reports, useValue: own },
      { token: Store, useValue: own.store },
    ];
    const { app, daily } = await makeDaily({ providers });
    await app.start();
    daily.methods[0]!.call(new Date(5));
    await app.close();
    expect(seen).toEqual(['nightly 5 with Store']);
  });

  it('are looked for on the class of a value, so that a proxy that gives anything, or throws, is left alone', async () => {
    const values = [
      new Proxy({}, { get: () => () => 1 }),
      new Proxy({}, { get: () => fail(new Error('touched')) }),
      Object.create(null) as unknown,
      { constructor: () => 1 },
    ];
    const providers: Provider[] = [
      ...values.map((useValue, index) => ({ token: `value ${index}`, useValue })),
      Reports,
    ];
    const { daily } = await makeDaily({ providers });
    expect(daily.methods).toHaveLength(2);
  });

  it('are handed over again when middleware is added or the application is mounted, before anything starts', async () => {
    const counts: number[] = [];
    const daily: Service = {
      name: 'daily',
      prepare: (methods) => (counts.push(methods.length), []),
      start: () => void counts.push(-1),
    };
    const inner = await createApp({ providers: [Reports], services: [daily] });
    inner.use(AUDIT);
    const outer = await createApp({});
    outer.mount('/inner', inner);
    await outer.start();
    expect(counts.at(-1)).toBe(-1);
    expect(counts.slice(0, -1).length).toBeGreaterThan(1);
    expect(new Set(counts.slice(0, -1))).toEqual(new Set([2]));
    await outer.close();
  });

  it('run once if a class overrides them, with the decorators of the nearest class', async () => {
    class Yearly extends Reports {
      @Daily('04:00') override nightly() {
        seen.push('yearly');
      }
    }
    const { app, daily } = await makeDaily({
      providers: [{ token: 'yearly', useFactory: () => new Yearly(new Store()) }],
    });
    expect(app.plan.work!.map(({ when, name }) => `${when} ${name}`)).toEqual([
      '04:00 Yearly.nightly',
      '12:00 Yearly.noon',
    ]);
    daily.methods[0]!.call();
    expect(seen).toEqual(['yearly']);
  });

  it('run once on an instance that has two tokens, which also starts once', async () => {
    const providers: Provider[] = [
      Reports,
      { token: 'reports', useFactory: (reports: Reports) => reports, inject: [Reports] },
      { token: 'store', useFactory: async (store: Store) => store, inject: [Store] },
    ];
    const { app, daily } = await makeDaily({ providers });
    expect(daily.methods.map(({ place }) => place)).toEqual(['Reports.nightly', 'Reports.noon']);
    expect(app.get('reports')).toBe(app.get(Reports));
    await app.start();
    await app.close();
    expect(seen).toEqual(['store up', 'store down']);
  });

  it('are those of the application that starts, if another one was made with the service since', async () => {
    class Counter {
      count = 0;
      @Daily('01:00') increase() {
        this.count++;
      }
    }
    const daily = new DailyService();
    const make = () => createApp({ providers: [Counter], services: [daily], logger: makeLogger() });
    const [first, second, third] = [await make(), await make(), await make()];
    await first.start();
    await expect(second.start()).rejects.toMatchObject({
      problems: [
        {
          code: 'START_FAILED',
          place: 'The service "daily"',
          fault: expect.stringContaining('It belongs to another application'),
        },
      ],
    });
    daily.methods[0]!.call();
    await first.close();
    await third.start();
    daily.methods[0]!.call();
    await third.close();
    expect([first, second, third].map((app) => app.get(Counter).count)).toEqual([1, 0, 1]);
  });

  it('are refused without their service, for a static method, and where nothing keeps an instance', async () => {
    await expect(createApp({ providers: [Reports] })).rejects.toMatchObject({
      problems: [
        { code: 'WORK_WITHOUT_SERVICE', place: 'Reports.nightly', fault: expect.stringContaining('@Daily') },
        { code: 'WORK_WITHOUT_SERVICE', place: 'Reports.noon' },
      ],
    });
    expect(() => {
      class Wrong {
        @Daily('1') static run() {}
      }
      return Wrong;
    }).toThrow('@Daily is on a static method.');
    @Injectable({ scope: 'transient' })
    class Fleeting {
      @Daily('1') run() {}
    }
    await expect(createApp({ providers: [Fleeting], services: [new DailyService()] })).rejects.toMatchObject({
      problems: [
        {
          code: 'DEPENDENCY_SCOPE',
          place: 'Fleeting',
          fault: 'It has @Daily, but is made each time it is injected.',
        },
      ],
    });
  });
});

const fail = (error: unknown): never => {
  throw error;
};
const DAILY: Service = { name: 'daily', start: () => undefined };
const AUDIT: Middleware = { name: 'audit', prepare: () => null, handle: (_context, next) => next() };

describe('the plan', () => {
  it('has the rows of services as frozen data, and prints them below the routes', async () => {
    const { app } = await makeDaily({
      routes: [{ method: 'GET', path: '/', name: 'home', handler: () => 'home' }],
      providers: [Reports],
    });
    expect(Object.isFrozen(app.plan.work)).toBe(true);
    expect(printPlan(app.plan).split('\n')).toEqual([
      'GET  /   home      home',
      '*    /*  fallback',
      '',
      'DAILY  03:00  Reports.nightly  nightly',
      'DAILY  12:00  Reports.noon     noon',
    ]);
  });

  it('has no rows where services do nothing that can be planned', async () => {
    const app = await createApp({ services: [{ name: 'ticker' }] });
    expect(app.plan.work).toBeUndefined();
  });

  it('has the rows of a mounted application, whose own service runs them, also with a shared container', async () => {
    const { app: inner } = await makeDaily();
    const outer = await createApp({});
    outer.mount('/inner', inner);
    expect(outer.plan.work).toHaveLength(2);

    @Controller('/shared')
    class Shared {
      @Get() show() {
        return '';
      }
      @Daily('06:00') run() {}
    }
    const around = await createApp({ services: [new DailyService()] });
    around.mount('/x', await createApp({ controllers: [Shared], container: around.container }));
    expect(around.plan.work).toMatchObject([{ when: '06:00', name: 'Shared.run' }]);
  });
});

describe('a service', () => {
  const note = (name: string): Service => ({
    name,
    start: () => void seen.push(`${name} up`),
    stop: () => void seen.push(`${name} down`),
  });

  it('starts after everything that it may call, and stops before it', async () => {
    const app = await createApp({
      providers: [Reports],
      services: [Object.assign(new DailyService(), note('daily')), note('second')],
      onStart: () => void seen.push('hook up'),
      onStop: () => void seen.push('hook down'),
    });
    await app.start();
    await app.close();
    expect(seen).toEqual([
      'store up',
      'daily up',
      'second up',
      'hook up',
      'hook down',
      'second down',
      'daily down',
      'store down',
    ]);
  });

  it('brings providers, which those of the application replace', async () => {
    const clock: Service = { name: 'clock', providers: [{ token: 'clock', useValue: 'of the service' }] };
    const app = await createApp({ services: [clock] });
    expect(app.get('clock')).toBe('of the service');
    const own = [{ token: 'clock', useValue: 'of the application' }];
    expect((await createApp({ services: [clock], providers: own })).get('clock')).toBe('of the application');
  });

  it('is named where its providers are wrong, and those of the application keep their places', async () => {
    const services: Service[] = [
      { name: 'clock', providers: [{ token: 'clock', useValue: 1 }, null as never] },
    ];
    await expect(createApp({ services, providers: [5 as never] })).rejects.toMatchObject({
      problems: [
        { code: 'PROVIDER_INVALID', place: 'createApp, services 0, providers 1' },
        { code: 'PROVIDER_INVALID', place: 'createApp, providers 0' },
      ],
    });
  });

  it('gets the application when it starts, and the deadline when it stops', async () => {
    const logger = makeLogger();
    const given: unknown[] = [];
    const app = await createApp({
      logger,
      development: false,
      services: [
        {
          name: 'ticker',
          start: (one) =>
            void given.push(one.logger !== undefined, one.worker, one.development, one.get(Store)),
          stop: (deadline) => void given.push(deadline - Date.now() > 0 && deadline - Date.now() <= 500),
        },
      ],
    });
    await app.start();
    await app.close({ timeoutMs: 500 });
    expect(given).toEqual([true, { id: 1, count: 1 }, false, expect.any(Store), true]);
  });

  it.each<[string, () => unknown]>([
    ['rejects', () => Promise.reject(new Error('no route to host'))],
    ['throws', () => fail(new Error('no route to host'))],
    ['throws what is not an error', () => fail(undefined)],
  ])(
    'keeps the application from listening if start %s; what had started is stopped',
    async (_does, start) => {
      const fails: Service = { name: 'broken', start };
      const app = await createApp({ providers: [Store], services: [note('first'), fails] });
      await expect(app.listen({ port: 0, host: '127.0.0.1' })).rejects.toMatchObject({
        problems: [{ code: 'START_FAILED', place: 'The service "broken"' }],
      });
      expect(seen).toEqual(['store up', 'first up', 'first down', 'store down']);
    },
  );

  it.each<[string, () => unknown]>([
    ['rejects', () => Promise.reject(new Error('too late'))],
    ['throws', () => fail(new Error('too late'))],
  ])('is logged if stop %s, and the rest stops', async (_does, stop) => {
    const logger = makeLogger();
    const app = await createApp({
      logger,
      services: [note('first'), { name: 'broken', stop }, note('last')],
    });
    await app.start();
    await app.close();
    expect(logger.errors).toEqual([new Error('too late')]);
    expect(seen).toEqual(['first up', 'last up', 'last down', 'first down']);
  });

  it('is logged if it does not stop in time, and the rest stops', async () => {
    const warnings: string[] = [];
    const logger = { ...makeLogger(), warn: (text: unknown) => void warnings.push(String(text)) };
    const hangs: Service = { name: 'hangs', stop: () => new Promise(() => undefined) };
    const app = await createApp({ logger, providers: [Store], services: [hangs] });
    await app.start();
    await app.close({ timeoutMs: 20 });
    expect(seen).toEqual(['store up', 'store down']);
    expect(warnings).toContain('The service "hangs" did not finish in time');
  });

  it('with a mistake is the only problem: its methods have a service', async () => {
    const services: Service[] = [{ ...DAILY, stop: 5 as never }];
    await expect(createApp({ providers: [Reports], services })).rejects.toMatchObject({
      problems: [{ code: 'SERVICE_INVALID', place: 'createApp, services 0' }],
    });
  });

  it.each<[string, () => unknown, string]>([
    ['a promise', () => Promise.reject(new Error('later')), 'is not a list: A promise.'],
    ['an object', () => ({}), 'is not a list: A value of type object.'],
    ['a list with null', () => [null], 'Item 0 of what prepare returned is not a row of the plan.'],
    ['a row without steps', () => [{ kind: 'A', when: 'b', name: 'c' }], 'Item 0'],
    ['a row with a date', () => [{ kind: 'A', when: new Date(0), name: 'c', steps: [] }], 'Item 0'],
  ])('cannot prepare %s for the plan', async (_name, prepare, fault) => {
    const services: Service[] = [{ name: 'daily', prepare: prepare as never }];
    await expect(createApp({ services })).rejects.toMatchObject({
      problems: [{ code: 'SERVICE_INVALID', place: 'daily', fault: expect.stringContaining(fault) }],
    });
  });

  it('reports its own mistakes with all others, and what its prepare throws', async () => {
    const problem = { code: 'OPTION_INVALID', place: 'Reports.nightly', fault: 'No.', cure: 'Yes.' } as const;
    const checks: Service = {
      name: 'daily',
      prepare: () => fail(new ConfigurationError([problem])),
    };
    const throws: Service = {
      name: 'throws',
      prepare: () => fail(new Error('boom')),
    };
    await expect(createApp({ providers: [Reports], services: [checks, throws] })).rejects.toMatchObject({
      problems: [problem, { code: 'SERVICE_INVALID', place: 'throws', fault: 'prepare threw: boom' }],
    });
  });
});
