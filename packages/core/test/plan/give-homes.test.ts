import { Controller, Get, type RoutePlan } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { makeContainer } from '../../src/container/make-container';
import { BackgroundQueue } from '../../src/engine/background-queue';
import { AppState } from '../../src/http/app-state';
import { Closing } from '../../src/http/closing';
import { findHome } from '../../src/http/route-home';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../../src/plan/build-plan';
import { collectApp } from '../../src/plan/collect-app';
import { enterMount } from '../../src/plan/enter-mount';
import { giveHomes } from '../../src/plan/give-homes';
import { makeFallback } from '../../src/plan/plan-fallback';

@Controller('/users')
class UsersController {
  @Get('/:id') show() {}
}

describe('the homes of routes', () => {
  const problems = new Problems();
  const source = makeContainer({}, problems);
  const [outer, inner] = [new AppState(), new AppState()];
  const app = collectApp({ controllers: [UsersController], state: outer }, source, problems);
  const mounted = collectApp({ controllers: [UsersController], state: inner }, source, problems);
  const planned = buildPlan(
    {
      ...app,
      // A path that cannot be parsed must not move the states of the other routes.
      routes: [
        { ...app.routes[0]!, path: '/{x}' },
        ...mounted.routes.map((route) => enterMount(route, mounted, '/admin')),
        ...app.routes,
      ],
      mounts: [enterMount(makeFallback(inner), mounted, '/admin')],
      state: outer,
      bodyLimit: DEFAULT_BODY_LIMIT,
    },
    problems,
  );
  const closing = new Closing();
  giveHomes(
    planned,
    {
      closing,
      logger: console,
      development: true,
      cleanUps: { expect: () => undefined },
      background: new BackgroundQueue(),
    },
    new Map([
      [outer, source],
      [inner, source],
    ]),
    '/base',
  );
  const { routes, mounts, fallback } = planned.plan;

  it('have the state of their own application, also those of fallbacks', () => {
    const nameState = (route: RoutePlan) => (findHome(route.info)?.state === inner ? 'inner' : 'outer');
    expect([...routes, ...mounts!, fallback].map((route) => [route.info.path, nameState(route)])).toEqual([
      ['/admin/users/:id', 'inner'],
      ['/users/:id', 'outer'],
      ['/admin/*', 'inner'],
      ['/*', 'outer'],
    ]);
    expect(findHome(fallback.info)!.state).toBe(outer);
  });

  it('share the URLs of all routes, with the base path before them', () => {
    const home = findHome(fallback.info)!;
    expect(home.urls.format(UsersController, 'show', { id: 1 })).toBe('/base/admin/users/1');
    expect(findHome(routes[0]!.info)!.urls).toBe(home.urls);
    expect(home.closing).toBe(closing);
  });
});
