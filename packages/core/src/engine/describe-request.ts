import type { Context } from '../http/context';
import { PROBLEM_INSTANCE } from '../http/engine-keys';

/** The route, and what names the one request where something does: its id, or the instance of its problem. */
export function describeRequest(context: Context): string {
  const { route, response } = context;
  const id = response.headers.get('x-request-id') ?? context.get(PROBLEM_INSTANCE);
  return id === undefined ? route.name : `${route.name} (${id})`;
}
