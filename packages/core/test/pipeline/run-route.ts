import {
  createApp,
  type AppOptions,
  type Context,
  type InjectedResponse,
  type InjectRequest,
  type MiddlewareLike,
} from '../../src';
import { makeLogger } from '../make-logger';

export interface RouteParts extends Pick<
  AppOptions,
  'development' | 'errorHandlers' | 'formatError' | 'middleware'
> {
  readonly handler: (context: Context) => unknown;
  readonly around?: readonly MiddlewareLike[];
  readonly request?: Partial<InjectRequest>;
}

/** Sends one request to one route, by default in production. Returns the response and the logged errors. */
export async function runRoute({
  handler,
  around = [],
  request = {},
  ...options
}: RouteParts): Promise<InjectedResponse & { readonly logged: readonly unknown[] }> {
  const logger = makeLogger();
  const route = { method: 'ALL' as const, path: '/x', handler, middleware: around, name: 'route' };
  const app = await createApp({ development: false, logger, routes: [route], ...options });
  const response = await app.inject({ url: '/x', ...request });
  return Object.assign(response, { logged: logger.errors });
}
