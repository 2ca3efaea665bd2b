import { Body, Controller, Get, Post, type Context, type Plan } from '../../src';
import { makeMemoryRequest } from '../../src/engine/memory/inject';
import { MemorySource } from '../../src/engine/memory/memory-source';
import type { CompiledRoutes } from '../../src/http/compiled-route';
import { compileProxyTrust } from '../../src/http/proxy/forwarded-client';
import { compilePlan } from '../../src/pipeline/compile-plan';
import type { PipelineOptions } from '../../src/pipeline/pipeline-options';
import { makeContext } from '../make-context';
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
  const compile = (compiled: Plan, options: Partial<PipelineOptions> = {}): CompiledRoutes =>
    compilePlan(compiled, { development: false, logger: makeLogger(), formatError: undefined, ...options });
  const compiled = compile(plan);

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

  it('says which routes read a body', () => {
    class NotesController {
      show() {}
      add() {}
    }
    Get()(NotesController.prototype, 'show', { value: () => 1 });
    Post()(NotesController.prototype, 'add', { value: () => 1 });
    Body('json')(NotesController.prototype, 'add', 0);
    Controller('/notes')(NotesController);
    const { routes } = compile(makePlan({ controllers: [NotesController] }).plan);
    expect(routes.map(({ method, readsBody }) => [method, readsBody])).toEqual([
      ['GET', false],
      ['HEAD', false],
      ['POST', true],
    ]);
  });

  it('believes trusted proxies in every route, choice and fallback', () => {
    const handler = ({ request }: Context) => request.address;
    const { plan: trusting } = makePlan({
      routes: [
        { method: 'GET', path: '/plain', handler },
        { method: 'GET', path: '/host', host: 'a.example', handler },
      ],
      errorHandlers: [{ error: 404, handle: (_error, context) => handler(context) }],
    });
    const { routes, choices, fallback } = compile(trusting, { proxyTrust: compileProxyTrust(1) });
    const url = '/';
    const headers = { host: 'proxy', 'x-forwarded-host': 'a.example', 'x-forwarded-for': '192.0.2.1' };
    const chosen = choices![0]!.choose(new MemorySource(makeMemoryRequest({ url, headers }), []));
    for (const route of [routes[0], chosen, fallback]) {
      const context = makeContext({ url, headers }, [], route!.info);
      expect(route!.run(context)).toBeUndefined();
      expect(context.response.body).toBe('192.0.2.1');
    }
  });

  it('has the fallback', () => {
    expect(compiled.fallback).toMatchObject({ method: 'ALL', info: { kind: 'fallback', path: '/*' } });
  });
});
