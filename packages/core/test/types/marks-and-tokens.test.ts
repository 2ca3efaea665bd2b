/** What must not compile, as in `types.test.ts`: typed names for marks, values and dependencies. */
import {
  contextKey,
  createApp,
  Inject,
  Injectable,
  Mark,
  routeMark,
  token,
  type AppState,
  type Container,
  type MarkedValue,
  type Provider,
  type RouteInfo,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';

const ROLES = routeMark<readonly string[]>('roles');
const CLOCK = token<() => Date>('clock');
const COUNT = contextKey<number>('count');

class Store {
  readonly size = 0;
}

describe('the types of route marks', () => {
  it('say what is marked, and what is read', () => {
    compileOnly(() => [Mark(ROLES, ['admin']), expectType<MarkedValue>()(ROLES.of(['admin']))]);
    compileOnly(({ marks } = {} as RouteInfo) => [
      expectType<readonly string[] | undefined>()(marks.get(ROLES)),
      expectType<readonly (readonly string[])[]>()(marks.all(ROLES)),
    ]);
    // @ts-expect-error -- a list of texts
    compileOnly(() => Mark(ROLES, 'admin'));
    // @ts-expect-error -- a list of texts
    compileOnly(() => ROLES.of([1]));
    // @ts-expect-error -- a value is due
    compileOnly(() => Mark(ROLES));
    // @ts-expect-error -- a mark is no text
    compileOnly(() => Mark('roles', ['admin']));
    // @ts-expect-error -- no such scope
    compileOnly(({ marks } = {} as RouteInfo) => marks.all(ROLES, 'class'));
    expect(ROLES.of(['admin']).value).toEqual(['admin']);
  });
});

describe('the types of tokens', () => {
  it('say what is behind them', () => {
    compileOnly((container = {} as Container) => [
      expectType<() => Date>()(container.resolve(CLOCK)),
      expectType<Store>()(container.resolve(Store)),
      expectType<unknown>()(container.resolve('text')),
    ]);
    // @ts-expect-error -- another type
    compileOnly((container = {} as Container): string => container.resolve(CLOCK));
    // @ts-expect-error -- a number is no token
    compileOnly(() => Inject(5));
    expect(CLOCK.name).toBe('clock');
  });

  it('let providers say one thing', () => {
    const providers: Provider[] = [
      Store,
      { token: CLOCK, useValue: () => new Date() },
      { token: 'store', useClass: Store, scope: 'request' },
      { token: Store, useFactory: (clock: () => Date) => clock(), inject: [CLOCK] },
    ];
    // @ts-expect-error -- nothing is provided
    compileOnly((): Provider => ({ token: CLOCK }));
    // @ts-expect-error -- an instance is no class
    compileOnly((): Provider => ({ token: 'store', useClass: new Store() }));
    // @ts-expect-error -- no such scope
    compileOnly((): Provider => ({ token: 'store', useClass: Store, scope: 'session' }));
    // @ts-expect-error -- the old name of token
    compileOnly((): Provider => ({ provide: CLOCK, useValue: 1 }));
    // @ts-expect-error -- no such scope
    compileOnly(() => Injectable({ scope: 'session' }));
    // @ts-expect-error -- a list
    compileOnly(() => createApp({ providers: Store }));
    expect(providers).toHaveLength(4);
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
    // @ts-expect-error -- a key is no text
    compileOnly((state = {} as AppState) => state.get('count'));
    expect(COUNT.name).toBe('count');
  });
});
