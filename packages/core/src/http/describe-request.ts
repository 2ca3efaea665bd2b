import type { ContextKey } from './context-key';
import { PROBLEM_INSTANCE } from './engine-keys';
import type { HttpRequest } from './request';
import type { HttpResponse } from './response';
import type { RouteInfo } from '../routing/route-info';

/** The parts of a context that identify its request in the log. */
export interface IdentifiedRequest {
  readonly route: RouteInfo;
  readonly request?: Pick<HttpRequest, 'header'>;
  readonly response: Pick<HttpResponse, 'headers'>;
  get<T>(key: ContextKey<T>): T | undefined;
}

/** Names the route, with the id of the request or the instance of its problem, if it has one. */
export function describeRequest(request: IdentifiedRequest): string {
  const { route } = request;
  const id = findLoggedId(request);
  return id === undefined ? route.name : `${route.name} (${id})`;
}

/** The id by which the log of core names a request: that of `findRequestId`, else the instance of its problem. */
export function findLoggedId(request: IdentifiedRequest): string | undefined {
  return findRequestId(request) ?? request.get(PROBLEM_INSTANCE);
}

const HEADER = 'x-request-id';
/** Ids that no client can use to add a line to the log, or to fill it. */
const HARMLESS = /^[\w.:/+=@-]{1,128}$/;

/** The id that a middleware has set as X-Request-Id of the response, else the one that the client or a proxy has sent. */
export function findRequestId({ request, response }: IdentifiedRequest): string | undefined {
  const given = response.headers.get(HEADER);
  if (given !== undefined) return given;
  try {
    const sent = request?.header(HEADER);
    return sent !== undefined && HARMLESS.test(sent) ? sent : undefined;
  } catch {
    // The request has been answered, and nothing kept its headers.
    return undefined;
  }
}
