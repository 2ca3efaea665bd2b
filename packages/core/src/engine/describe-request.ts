import type { Context } from '../http/context';
import { PROBLEM_INSTANCE } from '../http/engine-keys';

/** Names the route, with the id of the request or the instance of its problem, if it has one. */
export function describeRequest(context: Context): string {
  const { route, response } = context;
  const id = response.headers.get('x-request-id') ?? context.get(PROBLEM_INSTANCE);
  return id === undefined ? route.name : `${route.name} (${id})`;
}
