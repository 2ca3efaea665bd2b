import { createApp, type App, type Context } from '@sluice/core';
import {
  destroySession,
  readSession,
  regenerateSession,
  session,
  type SessionOptions,
  type SessionStore,
} from '@sluice/session';
import { Browser } from '../../packages/session/test/browser';

const SECRET = 'a secret of at least thirty-two bytes';

export const QUIET = { info() {}, warn() {}, error() {} };

/** An application of the tests, with everything that a request can do to its session. */
export interface SessionApp {
  readonly app: App;
  /** Holds the next slow request once it has read its session. */
  hold(): { readonly started: Promise<void>; end(): void };
}

export async function makeSessionApp(
  store: SessionStore,
  options: Partial<SessionOptions> = {},
): Promise<SessionApp> {
  let gate: { started: () => void; ended: Promise<void> } | undefined;
  const update = async (context: Context): Promise<object> =>
    Object.assign(await readSession(context), await context.request.json());
  const app = await createApp({
    middleware: [session({ secretKey: SECRET, store, userOf: (data) => data['user'] as string, ...options })],
    routes: [
      { method: 'GET', path: '/view', handler: async (context) => ({ session: await readSession(context) }) },
      { method: 'GET', path: '/none', handler: () => 'hello' },
      { method: 'POST', path: '/update', handler: update },
      {
        method: 'POST',
        path: '/renew',
        handler: async (context) => {
          regenerateSession(await readSession(context));
          return update(context);
        },
      },
      {
        method: 'POST',
        path: '/logout',
        handler: async (context) => destroySession(await readSession(context)),
      },
      {
        method: 'POST',
        path: '/slow',
        handler: async (context) => {
          await readSession(context);
          gate?.started();
          await gate?.ended;
          return update(context);
        },
      },
    ],
    logger: QUIET,
  });
  const hold = () => {
    let end = (): void => {};
    let begin = (): void => {};
    const started = new Promise<void>((resolve) => (begin = resolve));
    const ended = new Promise<void>((resolve) => (end = resolve));
    gate = { started: begin, ended };
    return { started, end: () => end() };
  };
  return { app, hold };
}

export async function logIn(app: App, user = 'ada'): Promise<Browser> {
  const browser = new Browser(app);
  expect((await browser.post('/renew', { user })).status).toBe(200);
  return browser;
}

/** A browser that has sent a request before the answer to another one came: it has the cookie of then. */
export function branch(app: App, browser: Browser): Browser {
  const other = new Browser(app);
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  return other;
}

export async function view(browser: Browser): Promise<[status: number, session: unknown]> {
  const response = await browser.get('/view');
  return [response.status, response.json<{ session: unknown }>().session];
}
