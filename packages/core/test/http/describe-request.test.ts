import { createApp, type Context, type Logger, type MiddlewareLike, type Next } from '../../src';

/** Answers one request of a route that fails, and returns its problem and what was logged. */
async function fail(headers: Record<string, string>, middleware: readonly MiddlewareLike[] = []) {
  const logged: string[] = [];
  const logger: Logger = { info() {}, warn() {}, error: (_, message) => void logged.push(message!) };
  const handler = (context: Context) => {
    context.onCleanup(() => {
      throw new Error('clean-up');
    });
    throw new Error('broken');
  };
  const routes = [{ method: 'GET', path: '/notes/:id', handler, name: 'show' }] as const;
  const app = await createApp({ routes, middleware, logger });
  const { instance } = (await app.inject({ url: '/notes/7', headers })).json<{ instance: string }>();
  await app.close();
  return { instance, logged };
}

describe('the log line of a 5xx', () => {
  it('has the route, the instance of the problem, and the id that a middleware has given the request', async () => {
    const setId = (context: Context, next: Next) => {
      context.response.headers.set('X-Request-Id', 'mine-1');
      return next();
    };
    const { instance, logged } = await fail({ 'x-request-id': 'sent-1' }, [setId]);
    expect(logged[0]).toContain('(/notes/:id) failed: ');
    expect(logged[0]).toMatch(new RegExp(`failed: ${instance}, request mine-1$`));
    expect(logged[1]).toMatch(/^A clean-up of \S.* \(mine-1\) failed$/);
  });

  it('has the id that a proxy has sent, if no middleware has set one', async () => {
    const { instance, logged } = await fail({ 'x-request-id': 'a3f8.B-1:2/3+4=@_' });
    expect(logged[0]).toMatch(new RegExp(`failed: ${instance}, request a3f8\\.B-1:2/3\\+4=@_$`));
    expect(logged[1]).toContain('(a3f8.B-1:2/3+4=@_) failed');
  });

  it.each(['two words', 'quote"', 'esc\u001b[31m', '', 'x'.repeat(129), 'ünicode', '{"json":1}'])(
    'has no id that is not harmless in a log: %j',
    async (id) => {
      const { instance, logged } = await fail({ 'x-request-id': id });
      expect(logged[0]!.endsWith(`failed: ${instance}`)).toBe(true);
      expect(logged[1]).toContain(`(${instance})`);
    },
  );
});
