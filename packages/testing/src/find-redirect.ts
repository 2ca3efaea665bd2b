import { parseTarget, type Target } from './target';
import type { TestResponse } from './test-response';

/** The request that a redirect asks for. */
export interface Redirect {
  readonly method: string;
  readonly target: Target;
  /** Whether the next request has the body of this one. */
  readonly keepsBody: boolean;
}

const STATUSES = new Set([301, 302, 303, 307, 308]);

/** The redirect of a response, as fetch follows it; undefined if the response is not one, or leads to another origin. */
export function findRedirect(response: TestResponse, method: string, from: Target): Redirect | undefined {
  const location = response.header('location');
  if (!STATUSES.has(response.status) || location === undefined) return undefined;
  const base = from.origin + from.path;
  if (!URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  if (url.origin !== from.origin) return undefined;
  const { status } = response;
  const becomesGet =
    status === 303 ? method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST';
  return {
    method: becomesGet ? 'GET' : method,
    target: parseTarget(url.pathname + url.search, url.origin),
    keepsBody: !becomesGet,
  };
}
