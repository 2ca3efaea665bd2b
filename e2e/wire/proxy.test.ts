import { createApp, type App, type AppOptions, type Context } from '@sluice/core';

const tellClient = async ({ request }: Context) => {
  await new Promise((resolve) => setImmediate(resolve));
  return [request.address, request.protocol, request.host];
};

describe('Behind a proxy', () => {
  let app: App | undefined;

  afterEach(() => app?.close({ timeoutMs: 0 }));

  async function ask(options: AppOptions, headers: Record<string, string>): Promise<unknown> {
    app = await createApp({ routes: [{ method: 'GET', path: '/', handler: tellClient }], ...options });
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const body = (await (await fetch(url, { headers })).json()) as string[];
    return body.map((value) => value.replace(/^127\.0\.0\.1:\d+$/, '127.0.0.1'));
  }

  const HEADERS = {
    'x-forwarded-for': '198.51.100.1, 203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'app.example',
  };

  it('an application that trusts it sees the client, also after waiting', async () => {
    const seen = await ask({ trustProxy: ['loopback'] }, HEADERS);
    expect(seen).toEqual(['203.0.113.9', 'https', 'app.example']);
  });

  it('an application that reads Forwarded sees the client there, and what X-Forwarded says it does not', async () => {
    const forwarded = 'for="[2001:db8::1]:47";proto=https;host="app.example", for=127.0.0.1;proto=http';
    const options: AppOptions = { trustProxy: ['loopback'], proxyHeaders: 'forwarded' };
    expect(await ask(options, { ...HEADERS, forwarded })).toEqual(['2001:db8::1', 'https', 'app.example']);
    await app?.close();
    expect(await ask(options, HEADERS)).toEqual(['127.0.0.1', 'http', '127.0.0.1']);
  });

  it('an application that does not sees the connection', async () => {
    expect(await ask({}, HEADERS)).toEqual(['127.0.0.1', 'http', '127.0.0.1']);
    await app?.close();
    expect(await ask({ trustProxy: ['10.0.0.0/8'] }, HEADERS)).toEqual(['127.0.0.1', 'http', '127.0.0.1']);
  });
});
