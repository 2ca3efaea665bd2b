import { AppState } from '../../src/http/app-state';
import { enterMount } from '../../src/plan/enter-mount';
import { makeFallback } from '../../src/plan/plan-fallback';
import type { CatchPlan } from '../../src/plan/plan';
import type { ResolvedRoute } from '../../src/plan/plan-input';
import { named } from './make-plan';

const scoped = (name: string) => ({ scope: 'application' as const, middleware: named(name) });
const caught = (error: number): CatchPlan => ({ scope: 'application', error, handle: () => error });
const route: ResolvedRoute = {
  ...makeFallback(new AppState()),
  prefix: '/users',
  middleware: [scoped('own')],
  catches: [caught(404)],
  body: { format: 'json', type: undefined, validation: { groups: ['a'] } },
};
const app = { middleware: [scoped('app')], catches: [caught(500)] };

describe('a route of a mounted application', () => {
  it('is below the path, inside the middleware of its application', () => {
    const entered = enterMount(route, app, '/admin');
    expect(entered.prefix).toBe('/admin/users');
    expect(entered.middleware.map((one) => ('skip' in one ? one.skip : one.middleware.name))).toEqual([
      'app',
      'own',
    ]);
    expect(entered.catches.map(({ error }) => error)).toEqual([404, 500]);
    expect(entered.state).toBe(route.state);
  });

  it('takes the settings of its application that it does not have itself', () => {
    const formatError = () => 'app';
    const settings = { ...app, bodyLimit: 5, validation: { unknownKeys: 'strip' as const }, formatError };
    expect(enterMount(route, settings, '/admin')).toMatchObject({
      bodyLimit: 5,
      body: { validation: { unknownKeys: 'strip', groups: ['a'] } },
      formatError,
    });
    const own = { ...route, bodyLimit: 7, formatError: () => 'own' };
    expect(enterMount(own, settings, '/admin')).toMatchObject({ bodyLimit: 7, formatError: own.formatError });
  });
});
