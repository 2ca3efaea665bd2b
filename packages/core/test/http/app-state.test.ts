import { contextKey, createApp, type Context } from '../../src';
import { AppState } from '../../src/http/app-state';

const LIMITS = contextKey<Map<string, number>>('limits');
const NAME = contextKey<string>('name');

describe('the state of an application', () => {
  it('is shared by all requests of one application', async () => {
    const handler = ({ app }: Context) => {
      const limits = app.state.get(LIMITS)!;
      limits.set('seen', (limits.get('seen') ?? 0) + 1);
      return limits.get('seen');
    };
    const routes = [{ method: 'GET', path: '/', handler } as const];
    const app = await createApp({ routes, onStart: ({ state }) => void state.set(LIMITS, new Map()) });
    await app.inject({ url: '/' });
    expect((await app.inject({ url: '/' })).json()).toBe(2);
    const other = await createApp({ routes, onStart: ({ state }) => void state.set(LIMITS, new Map()) });
    expect((await other.inject({ url: '/' })).json()).toBe(1);
  });

  it('cannot be set after the application has started', async () => {
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 1 }] });
    app.state.set(NAME, 'first').set(NAME, 'second');
    await app.inject({ url: '/' });
    expect(() => app.state.set(NAME, 'third')).toThrow('was set after the application started');
    expect(app.state.get(NAME)).toBe('second');
  });

  it('can be read when no route matches', async () => {
    const app = await createApp({
      middleware: [{ name: 'named', handle: ({ app }) => app.state.get(NAME) }],
    });
    app.state.set(NAME, 'here');
    expect((await app.inject({ url: '/none' })).text()).toBe('here');
  });

  it('falls back to the state of the outer application for keys that it does not have', () => {
    const outer = new AppState().set(NAME, 'outer');
    const inner = new AppState();
    inner.fallBackTo(outer);
    expect(inner.get(NAME)).toBe('outer');
    expect(inner.set(NAME, 'inner').get(NAME)).toBe('inner');
    expect([outer.get(NAME), outer.get(LIMITS)]).toEqual(['outer', undefined]);
  });
});
