import {
  createApp,
  type App,
  type Context,
  type Logger,
  type MiddlewareLike,
  type PlainRoute,
} from '@sluice/core';
import { destroySession, readSession, regenerateSession, session, type SessionOptions } from '../src';

export const SECRET = 'a secret of at least thirty-two bytes';
export const OTHER_SECRET = 'another secret of more than 32 bytes!';
export const QUIET: Logger = { info() {}, warn() {}, error() {} };

/** The routes that every session application has. */
const ROUTES: PlainRoute[] = [
  { method: 'GET', path: '/view', handler: async (context) => ({ session: await readSession(context) }) },
  { method: 'POST', path: '/update', handler: update },
  { method: 'POST', path: '/clear', handler: clear },
  { method: 'GET', path: '/none', handler: () => ({ status: 'ok' }) },
  { method: 'POST', path: '/login', handler: login },
  { method: 'POST', path: '/logout', handler: logout },
];

async function update(context: Context) {
  const data = Object.assign(await readSession(context), await context.request.json());
  return { session: data };
}

async function clear(context: Context) {
  const data = await readSession(context);
  for (const key of Object.keys(data)) delete data[key];
  return { session: data };
}

async function login(context: Context) {
  const data = await readSession(context);
  regenerateSession(data);
  Object.assign(data, await context.request.json());
  return { session: data };
}

async function logout(context: Context) {
  destroySession(await readSession(context));
}

/** The parts of a session application, apart from the options of the session. */
export interface SessionAppParts {
  readonly routes?: readonly PlainRoute[];
  readonly outside?: readonly MiddlewareLike[];
  readonly logger?: Logger;
  readonly development?: boolean;
}

/** Makes an application with one session around the routes above. */
export function makeSessionApp(
  options: Partial<SessionOptions> = {},
  parts: SessionAppParts = {},
): Promise<App> {
  const { routes = [], outside = [], logger = QUIET, development = true } = parts;
  const middleware = [...outside, session({ secretKey: SECRET, ...options })];
  const { path: basePath = '/' } = options;
  const place = basePath === '/' ? {} : { basePath };
  return createApp({ routes: [...ROUTES, ...routes], middleware, logger, development, ...place });
}
