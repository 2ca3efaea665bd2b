import { Controller, Get, SkipMiddleware, UseMiddleware, type Middleware } from '../../src';
import { makePlan, named } from './make-plan';

const limit = (name = 'rateLimit') => named(name);
const replacing = (label: string): Middleware => ({ ...named('cors'), options: { label }, replaces: true });
const guard: Middleware = { ...named('bearer'), provides: ['guard'] };
const codes = (parts: Parameters<typeof makePlan>[0]) => makePlan(parts).problems.map(({ code }) => code);

/** The middleware of each route, as the plan prints it. */
function steps(parts: Parameters<typeof makePlan>[0]): string[] {
  const { plan, problems } = makePlan(parts);
  expect(problems).toEqual([]);
  return plan.routes.map(({ steps: all }) =>
    all.flatMap((step) => (step.kind === 'middleware' ? [step.name] : [])).join(' > '),
  );
}

@Controller('/public')
@SkipMiddleware('rateLimit')
@UseMiddleware(named('audit'))
class PublicController {
  @Get() list() {}

  @Get('/quiet')
  @SkipMiddleware('audit', 'gzip')
  quiet() {}
}

@Controller('/strict')
@SkipMiddleware('rate-limit')
@UseMiddleware(limit())
class StrictController {
  @Get() list() {}
}

describe('@SkipMiddleware', () => {
  it('leaves out middleware of the application on a class, and of the class on a method', () => {
    const middleware = [limit(), named('gzip')];
    expect(steps({ controllers: [PublicController], middleware })).toEqual(['gzip > audit', '']);
  });

  it('keeps those that are written behind it, so that another one can take the place', () => {
    expect(steps({ controllers: [StrictController], middleware: [limit()] })).toEqual(['rateLimit']);
    expect(steps({ controllers: [StrictController], middleware: [limit(), limit()] })).toEqual(['rateLimit']);
  });

  it('takes the name of the package for that of the middleware', () => {
    const route = { method: 'GET', path: '/', handler: () => 1, skipMiddleware: ['rate-limit'] } as const;
    expect(steps({ routes: [route], middleware: [limit(), named('gzip')] })).toEqual(['gzip']);
  });

  it('refuses an unknown name, a value that is not a name, and a guard', () => {
    const route = { method: 'GET', path: '/', handler: () => 1 } as const;
    for (const name of ['ratelimit', '', 5 as never, undefined as never])
      expect(codes({ routes: [{ ...route, skipMiddleware: [name] }], middleware: [limit()] })).toEqual([
        'SKIP_INVALID',
      ]);
    expect(codes({ routes: [{ ...route, skipMiddleware: ['bearer'] }], middleware: [guard] })).toEqual([
      'SKIP_INVALID',
    ]);
  });

  it('does not reach the fallback, which answers paths without a route', () => {
    const { plan } = makePlan({ controllers: [StrictController], middleware: [limit()] });
    expect(plan.fallback.steps.map(({ name }) => name)).toEqual(['rateLimit']);
  });
});

describe('a middleware that replaces', () => {
  it('runs only where it is innermost; others of one name all run', () => {
    const route = { method: 'GET', path: '/', handler: () => 1, middleware: [replacing('own')] } as const;
    const { plan } = makePlan({
      routes: [route],
      middleware: [replacing('outer'), named('gzip'), named('gzip')],
    });
    expect(plan.routes[0]!.steps.map(({ name }) => name).slice(0, 3)).toEqual(['gzip', 'gzip', 'cors']);
    expect(plan.routes[0]!.steps[2]).toMatchObject({ options: { label: 'own' } });
    expect(plan.fallback.steps[0]).toMatchObject({ options: { label: 'outer' } });
  });
});
