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
    const daily = new DailyService();
    const app = await createApp({
      controllers: [NotesController],
      providers: [Reports],
      services: [daily],
    });
    expect(daily.methods.map(({ place }) => place)).toEqual([
      'Reports.nightly',
      'Reports.noon',
      'NotesController.clean',
    ]);
    expect(app.plan.routes).toHaveLength(1);
  });

  it('are called on the one instance, and know their emitted types', async () => {
    const daily = new DailyService();
    const app = await createApp({ providers: [Reports], services: [daily] });
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
    const daily = new DailyService();
    const own = new Reports(new Store());
    const providers = [
      { token: Reports, useValue: own },
      { token: Store, useValue: own.store },
    ];
    const app = await createApp({ providers, services: [daily] });
    await app.start();
    daily.methods[0]!.call(new Date(5));
    await app.close();
    expect(seen).toEqual(['nightly 5 with Store']);
  });

  it('are looked for on the class of a value, so that a proxy that gives anything, or throws, is left alone', async () => {
    const daily = new DailyService();
    const refuse = () => {
      throw new Error('touched');
    };
    const values = [
      new Proxy({}, { get: () => () => 1 }),
      new Proxy({}, { get: refuse }),
      Object.create(null) as unknown,
      { constructor: () => 1 },
    ];
    const providers: Provider[] = [
      ...values.map((useValue, index) => ({ token: `value ${index}`, useValue })),
      Reports,
    ];
    await createApp({ providers, services: [daily] });
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
    const daily = new DailyService();
    const app = await createApp({
      providers: [{ token: 'yearly', useFactory: () => new Yearly(new Store()) }],
      services: [daily],
    });
    expect(app.plan.work!.map(({ when, name }) => `${when} ${name}`)).toEqual([
      '04:00 Yearly.nightly',
      '12:00 Yearly.noon',
    ]);
    daily.methods[0]!.call();
    expect(seen).toEqual(['yearly']);
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

const DAILY: Service = { name: 'daily', start: () => undefined };
const AUDIT: Middleware = { name: 'audit', prepare: () => null, handle: (_context, next) => next() };

describe('the plan', () => {
  it('has the rows of services as frozen data, and prints them below the routes', async () => {
    const daily = new DailyService();
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', name: 'home', handler: () => 'home' }],
      providers: [Reports],
      services: [daily],
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
    const daily = new DailyService();
    const inner = await createApp({ providers: [Reports], services: [daily] });
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

  it('keeps the application from listening if it does not start, and what had started is stopped', async () => {
    const fails: Service = { name: 'broken', start: () => Promise.reject(new Error('no route to host')) };
    const app = await createApp({ providers: [Store], services: [note('first'), fails] });
    await expect(app.listen({ port: 0, host: '127.0.0.1' })).rejects.toMatchObject({
      problems: [{ code: 'START_FAILED', place: 'The service "broken"' }],
    });
    expect(seen).toEqual(['store up', 'first up', 'first down', 'store down']);
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

  it.each<[string, readonly unknown[], string, string]>([
    ['null', [null], 'null is not a service.', 'Write { name'],
    ['undefined', [undefined], 'undefined is not a service.', 'two files import each other'],
    ['a number', [5], 'A value of type number is not a service.', 'Write { name'],
    ['a promise', [Promise.resolve(DAILY)], 'A promise is not a service.', 'await'],
    ['a list', [[DAILY]], 'A list is not a service.', 'Write { name'],
    ['a class', [DailyService], 'The class DailyService is not a service.', 'new DailyService(…)'],
    ['a function', [function daily() {}], 'The function daily is not a service.', 'call it: daily(…)'],
    ['one without a name', [{ start: () => undefined }], 'A value of type object is not a service.', 'Write'],
    [
      'one with a bad list',
      [{ ...DAILY, providers: {} }],
      'providers of daily is not a list.',
      'providers: […]',
    ],
    ['one with a bad start', [{ name: 'a', start: true }], 'start of a is not a function.', 'leave it out'],
    ['one with a bad stop', [{ ...DAILY, stop: 5 }], 'stop of daily is not a function.', 'leave it out'],
    [
      'two of one name',
      [{ name: 'a' }, { name: 'a' }],
      'Another service has the name "a" too.',
      'List it once',
    ],
    ['the same twice', [DAILY, DAILY], 'Another service has the name "daily" too.', 'List it once'],
  ])('%s is a mistake', async (_name, services, fault, cure) => {
    const options = { services } as unknown as AppOptions;
    await expect(createApp(options)).rejects.toMatchObject({
      problems: [{ code: 'SERVICE_INVALID', fault, cure: expect.stringContaining(cure) }],
    });
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

  it.each<[string, AppOptions, string, string]>([
    ['providers', { providers: [DAILY as never] }, 'PROVIDER_INVALID', 'services: [daily(…)]'],
    ['middleware', { middleware: [DAILY as never] }, 'MIDDLEWARE_INVALID', 'services: [daily(…)]'],
    ['services', { services: [AUDIT as never] }, 'SERVICE_INVALID', 'middleware: [audit(…)]'],
  ])('is sent to its own list from %s, and so is a middleware', async (_list, options, code, cure) => {
    await expect(createApp(options)).rejects.toMatchObject({
      problems: [{ code, cure: expect.stringContaining(cure) }],
    });
  });

  it('reports its own mistakes with all others, and what its prepare throws', async () => {
    const problem = { code: 'OPTION_INVALID', place: 'Reports.nightly', fault: 'No.', cure: 'Yes.' } as const;
    const checks: Service = {
      name: 'daily',
      prepare: () => {
        throw new ConfigurationError([problem]);
      },
    };
    const throws: Service = {
      name: 'throws',
      prepare: () => {
        throw new Error('boom');
      },
    };
    await expect(createApp({ providers: [Reports], services: [checks, throws] })).rejects.toMatchObject({
      problems: [problem, { code: 'SERVICE_INVALID', place: 'throws', fault: 'prepare threw: boom' }],
    });
  });
});
