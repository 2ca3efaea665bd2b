import { createApp, type AppOptions, type Middleware, type PlainRoute } from '../../../src';

/** A route that answers with its own name. */
export function named(name: string, route: Omit<PlainRoute, 'handler'>): PlainRoute {
  return { ...route, name, handler: () => name };
}

/** The text of the answer; its status, and the Allow header, if it is not 200. */
export async function ask(
  options: AppOptions,
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<string> {
  const app = await createApp({ logger: { info() {}, warn() {}, error() {} }, ...options });
  const answer = await app.inject({ method, url, headers });
  return answer.status === 200 ? answer.text() : [answer.status, answer.header('allow')].join(' ').trim();
}

/** A route for PUT whose middleware says that a request met it. */
export function traced(name: string, more: Partial<PlainRoute>): PlainRoute {
  const tag: Middleware = {
    name,
    handle: ({ response }, next) => {
      response.headers.set('X-Met', name);
      return next();
    },
  };
  return { method: 'PUT', path: '/', ...more, middleware: [tag], handler: () => name };
}

/** The name of the traced route whose middleware a preflight for PUT met. */
export async function askPreflight(
  options: AppOptions,
  url: string,
  headers: Record<string, string> = {},
): Promise<string | undefined> {
  const app = await createApp(options);
  const asked = { origin: 'https://a.example', 'access-control-request-method': 'PUT', ...headers };
  const answer = await app.inject({ method: 'OPTIONS', url, headers: asked });
  return answer.header('x-met');
}
