import { Context, type RouteInfo } from '../src';
import { NO_MARKS } from '../src/routing/route-mark';
import { makeMemoryRequest, type InjectRequest } from '../src/engine/memory/inject';
import { MemorySource } from '../src/engine/memory/memory-source';

export const ROUTE: RouteInfo = {
  method: 'GET',
  path: '/notes/:id',
  name: 'NotesController.show',
  parameters: ['id'],
  bodyLimit: 1000,
  marks: NO_MARKS,
  kind: 'route',
};

/** Makes a context without an engine. `parameters` are the raw values of the path parameters. */
export function makeContext(
  request: Partial<InjectRequest> = {},
  parameters: readonly string[] = [],
  route: RouteInfo = ROUTE,
): Context {
  return new Context(new MemorySource(makeMemoryRequest({ url: '/', ...request }), parameters), route);
}
