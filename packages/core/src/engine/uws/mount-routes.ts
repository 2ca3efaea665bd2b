import type { TemplatedApp } from 'uWebSockets.js';
import { ROUTE_METHODS, type HttpMethod } from '../../routing/http-method';
import type { CompiledRoute } from '../../http/compiled-route';
import type { EngineTable } from '../engine';
import type { Responder } from './responder';

/** Registers every route and choice, and the fallback for every request that matches none. */
export function mountRoutes(native: TemplatedApp, table: EngineTable, responder: Responder): void {
  const { routes, choices = [], fallback, chooseFallback } = table;
  const served = new Set([...routes, ...choices].map(({ method, pattern }) => `${method} ${pattern.shape}`));
  for (const route of routes) mount(native, route, served, responder);
  for (const { method, pattern, choose } of choices)
    native[VERBS[method]](pattern.path, (res, req) => responder.choose(choose, method, res, req));
  native.any(
    '/*',
    chooseFallback === undefined
      ? (res, req) => responder.answer(fallback, undefined, res, req)
      : (res, req) => responder.choose(chooseFallback, undefined, res, req),
  );
}

/** Registers a route for each of its methods: the engine would prefer a less specific pattern of one method to one of all methods. */
function mount(
  native: TemplatedApp,
  route: CompiledRoute,
  served: ReadonlySet<string>,
  responder: Responder,
): void {
  const { method, pattern } = route;
  const methods =
    method === 'ALL' ? ROUTE_METHODS.filter((one) => !served.has(`${one} ${pattern.shape}`)) : [method];
  for (const one of methods)
    native[VERBS[one]](pattern.path, (res, req) => responder.answer(route, one, res, req));
}

const VERBS = {
  GET: 'get',
  HEAD: 'head',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'del',
  OPTIONS: 'options',
} as const satisfies Readonly<Record<HttpMethod, keyof TemplatedApp>>;
