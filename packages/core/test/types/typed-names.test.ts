import {
  contextKey,
  createApp,
  createParameterDecorator,
  Inject,
  Injectable,
  Mark,
  override,
  routeMark,
  token,
  type AppState,
  type Container,
  type MarkedValue,
  type Provider,
  type RouteInfo,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';
import { makeContext } from '../make-context';

const ROLES = routeMark<readonly string[]>('roles');
const CLOCK = token<() => Date>('clock');
const COUNT = contextKey<number>('count');

class Store {
  readonly size = 0;
}

describe('the types of route marks', () => {
  it('keep a mark to the type of its values', () => {
    compileOnly(() => [Mark(ROLES, ['admin']), expectType<MarkedValue>()(ROLES.of(['admin']))]);
    compileOnly(({ marks } = {} as RouteInfo) => [
      expectType<readonly string[] | undefined>()(marks.get(ROLES)),
      expectType<readonly (readonly string[])[]>()(marks.all(ROLES)),
    ]);
    // @ts-expect-error -- a list of texts
    compileOnly(() => Mark(ROLES, 'admin'));
    // @ts-expect-error -- a list of texts
    compileOnly(() => ROLES.of([1]));
    // @ts-expect-error -- the value is missing
    compileOnly(() => Mark(ROLES));
    // @ts-expect-error -- a text is not a mark
    compileOnly(() => Mark('roles', ['admin']));
    // @ts-expect-error -- no such scope
    compileOnly(({ marks } = {} as RouteInfo) => marks.all(ROLES, 'class'));
    expect(ROLES.of(['admin']).value).toEqual(['admin']);
  });
});

describe('the types of tokens', () => {
  it('give the type of the instance', () => {
    compileOnly((container = {} as Container) => [
      expectType<() => Date>()(container.resolve(CLOCK)),
      expectType<Store>()(container.resolve(Store)),
      expectType<unknown>()(container.resolve('text')),
    ]);
    // @ts-expect-error -- another type
    compileOnly((container = {} as Container): string => container.resolve(CLOCK));
    // @ts-expect-error -- a number is not a token
    compileOnly(() => Inject(5));
    expect(CLOCK.name).toBe('clock');
  });

  it('allow one way to provide a token', () => {
    const providers: Provider[] = [
      Store,
      { token: CLOCK, useValue: () => new Date() },
      { token: 'store', useClass: Store, scope: 'request' },
      { token: Store, useFactory: (clock: () => Date) => clock(), inject: [CLOCK] },
    ];
    // @ts-expect-error -- neither a value, a class nor a factory
    compileOnly((): Provider => ({ token: CLOCK }));
    // @ts-expect-error -- an instance is not a class
    compileOnly((): Provider => ({ token: 'store', useClass: new Store() }));
    // @ts-expect-error -- no such scope
    compileOnly((): Provider => ({ token: 'store', useClass: Store, scope: 'session' }));
    // @ts-expect-error -- the old name of token
    compileOnly((): Provider => ({ provide: CLOCK, useValue: 1 }));
    // @ts-expect-error -- no such scope
    compileOnly(() => Injectable({ scope: 'session' }));
    // @ts-expect-error -- a list is expected
    compileOnly(() => createApp({ providers: Store }));
    expect(providers).toHaveLength(4);
  });
});

describe('the types of providers and overrides', () => {
  interface Config {
    readonly url: string;
    readonly hosts: string[];
  }
  const CONFIG = token<Config>('config');
  const config = { url: 'a', hosts: ['b'] };

  class Cache {
    private readonly entries = new Map<string, number>();
    constructor(readonly store: Store) {}
    get(key: string) {
      return this.entries.get(key);
    }
  }
  class OtherCache {
    readonly store = new Store();
    get(_key: string) {
      return 1;
    }
  }
  const User = createParameterDecorator('User', () => 'ada');

  it('accept what fits the token', () => {
    const listed: Provider[] = [{ token: CONFIG, useValue: config }];
    compileOnly(() => [
      createApp({
        providers: [
          Store,
          { token: CONFIG, useValue: { url: 'a', hosts: ['b'] } },
          { token: 'url', useValue: 5 },
          { token: 'nothing', useFactory: () => undefined },
          { token: CLOCK, useFactory: () => () => new Date(), scope: 'request' },
          { token: Store, useClass: Store },
          { token: Cache, useClass: OtherCache },
          { token: Cache, useFactory: (store: Store) => new Cache(store), inject: [Store] },
          { token: CONFIG, useFactory: async (url: string) => ({ ...config, url }), inject: ['url'] },
          { token: 'all', useFactory: (_one: Config, _other: () => Date) => 1, inject: [CONFIG, CLOCK] },
          { token: 'less', useFactory: () => 1, inject: [CONFIG] },
        ],
      }),
      createApp({ providers: listed, overrides: listed }),
      createApp({ providers: [], overrides: [] }),
      createApp({
        overrides: [
          { token: Cache, useValue: { get: () => 5 } },
          { token: CONFIG, useValue: { url: 'test' } },
          override(User, () => 'bob'),
        ],
      }),
    ]);
    expect(listed).toHaveLength(1);
  });

  it('refuse a value, a class and a factory that do not fit', () => {
    // @ts-expect-error -- a number is not a Config
    compileOnly(() => createApp({ providers: [{ token: CONFIG, useValue: 5 }] }));
    // @ts-expect-error -- hosts are missing
    compileOnly(() => createApp({ providers: [{ token: CONFIG, useValue: { url: 'a' } }] }));
    // @ts-expect-error -- a Store is not a Cache
    compileOnly(() => createApp({ providers: [Store, { token: Cache, useClass: Store }] }));
    // @ts-expect-error -- a factory of something else
    compileOnly(() => createApp({ providers: [{ token: CLOCK, useFactory: () => new Date() }] }));
    // @ts-expect-error -- a promise of something else
    compileOnly(() => createApp({ providers: [{ token: CONFIG, useFactory: async () => 'a' }] }));
    expect(CONFIG.name).toBe('config');
  });

  it('refuse an inject list that does not fit the factory', () => {
    const make = (_config: Config) => 1;
    // @ts-expect-error -- the list is missing
    compileOnly(() => createApp({ providers: [{ token: 'a', useFactory: make }] }));
    // @ts-expect-error -- another token
    compileOnly(() => createApp({ providers: [{ token: 'a', useFactory: make, inject: [CLOCK] }] }));
    const two = (_store: Store, _config: Config) => 1;
    // @ts-expect-error -- another order
    compileOnly(() => createApp({ providers: [{ token: 'a', useFactory: two, inject: [CONFIG, Store] }] }));
    // @ts-expect-error -- too few tokens
    compileOnly(() => createApp({ providers: [{ token: 'a', useFactory: two, inject: [Store] }] }));
    expect(two).toHaveLength(2);
  });

  it('refuse an override that does not fit', () => {
    // @ts-expect-error -- a member of another type
    compileOnly(() => createApp({ overrides: [{ token: Cache, useValue: { get: 5 } }] }));
    // @ts-expect-error -- no member of it
    compileOnly(() => createApp({ overrides: [{ token: Cache, useValue: { fetch: () => 5 } }] }));
    // @ts-expect-error -- another type
    compileOnly(() => createApp({ overrides: [{ token: CLOCK, useValue: 'now' }] }));
    // @ts-expect-error -- a factory of something else
    compileOnly(() => createApp({ overrides: [{ token: CONFIG, useFactory: () => 5 }] }));
    // @ts-expect-error -- another type
    compileOnly(() => createApp({ overrides: [override(User, () => 5)] }));
    expect(CLOCK.name).toBe('clock');
  });
});

describe('the types of a context key', () => {
  const USER = contextKey<{ readonly name: string }>('user');

  it('give the type of the shared value', () => {
    const context = makeContext();
    context.set(USER, { name: 'a' });
    compileOnly(() => expectType<{ readonly name: string } | undefined>()(context.get(USER)));
    // @ts-expect-error -- another type
    compileOnly(() => context.set(COUNT, 'one'));
    // @ts-expect-error -- the value may be undefined
    compileOnly((): object => context.get(USER));
    // @ts-expect-error -- a text is not a key
    compileOnly(() => context.get('user'));
    // @ts-expect-error -- the type of another key
    compileOnly((): number | undefined => context.get(USER));
    expect(context.get(USER)).toEqual({ name: 'a' });
  });
});

describe('the types of the state of an application', () => {
  it('are those of its keys', () => {
    compileOnly((state = {} as AppState) => [
      state.set(COUNT, 1),
      expectType<number | undefined>()(state.get(COUNT)),
    ]);
    // @ts-expect-error -- another type
    compileOnly((state = {} as AppState) => state.set(COUNT, 'one'));
    // @ts-expect-error -- a text is not a key
    compileOnly((state = {} as AppState) => state.get('count'));
    expect(COUNT.name).toBe('count');
  });
});
