import { compilePlan } from '../../src/pipeline/compile-plan';
import { makeLogger } from '../make-logger';
import { makePlan } from '../plan/make-plan';

describe('the compiled plan', () => {
  const { plan } = makePlan({
    routes: [
      { method: 'GET', path: '/a/:id', handler: () => 1 },
      { method: 'GET', path: '/b/:id', handler: () => 1 },
      { method: 'HEAD', path: '/b/:other', handler: () => 1 },
      { method: 'ALL', path: '/c', handler: () => 1 },
    ],
  });
  const compiled = compilePlan(plan, { development: false, logger: makeLogger(), formatError: undefined });

  it('has HEAD beside every GET without a HEAD route', () => {
    expect(compiled.routes.map(({ method, pattern }) => `${method} ${pattern.path}`)).toEqual([
      'GET /a/:id',
      'HEAD /a/:id',
      'GET /b/:id',
      'HEAD /b/:other',
      'ALL /c',
    ]);
  });

  it('runs one function for both', () => expect(compiled.routes[0]!.run).toBe(compiled.routes[1]!.run));

  it('has the fallback', () => {
    expect(compiled.fallback).toMatchObject({ method: 'ALL', info: { kind: 'fallback', path: '/*' } });
  });
});
