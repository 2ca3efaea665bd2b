import type { ContextKey } from './context-key';
import { PROBLEM_INSTANCE } from './engine-keys';
import type { HttpResponse } from './response';
import type { RouteInfo } from '../routing/route-info';

/** The parts of a context that identify its request in the log. */
export interface IdentifiedRequest {
  readonly route: RouteInfo;
  readonly response: Pick<HttpResponse, 'headers'>;
  get<T>(key: ContextKey<T>): T | undefined;
}

/** Names the route, with the id of the request or the instance of its problem, if it has one. */
export function describeRequest(request: IdentifiedRequest): string {
  const { route, response } = request;
  const id = response.headers.get('x-request-id') ?? request.get(PROBLEM_INSTANCE);
  return id === undefined ? route.name : `${route.name} (${id})`;
}
