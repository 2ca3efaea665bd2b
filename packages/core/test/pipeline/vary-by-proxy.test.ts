import {
  createApp,
  notFound,
  redirect,
  text,
  type AppOptions,
  type Context,
  type PlainRoute,
} from '../../src';

const HEADERS = {
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'app.example',
};

/** The Vary of the response to a request that a trusted proxy passes on. */
async function readVary(
  route: Partial<PlainRoute> & Pick<PlainRoute, 'handler'>,
  options: AppOptions = { trustProxy: ['loopback'] },
): Promise<string | undefined> {
  const app = await createApp({ ...options, routes: [{ method: 'GET', path: '/', ...route }] });
  return (await app.inject({ url: '/', headers: HEADERS })).header('vary');
}

describe('a response of an application behind a proxy', () => {
  it.each<[string, (context: Context) => unknown, string | undefined]>([
    ['neither', () => 'a', undefined],
    ['the address', ({ request }) => request.address, undefined],
    ['the scheme', ({ request }) => request.protocol, 'X-Forwarded-Proto'],
    ['the host', ({ request }) => request.host, 'X-Forwarded-Host'],
    ['both', ({ request }) => `${request.host} ${request.protocol}`, 'X-Forwarded-Proto, X-Forwarded-Host'],
    [
      'the scheme for a redirect',
      ({ request }) => (request.protocol === 'https' ? redirect('/secure') : 'a'),
      'X-Forwarded-Proto',
    ],
    [
      'the host for an error',
      ({ request }) => {
        if (request.host === 'app.example') throw notFound();
      },
      'X-Forwarded-Host',
    ],
    [
      'the host, after an await',
      async ({ request }) => {
        await Promise.resolve();
        return request.host;
      },
      'X-Forwarded-Host',
    ],
    [
      'the host, and has a Vary of its own',
      ({ request }) => text(request.host!, { headers: { Vary: 'Accept' } }),
      'Accept, X-Forwarded-Host',
    ],
  ])('names the forwarded headers that it read: %s', async (_case, handler, vary) => {
    expect(await readVary({ handler })).toBe(vary);
  });

  it('names Forwarded once if that is read', async () => {
    const handler = ({ request }: Context): unknown => `${request.host} ${request.protocol}`;
    const options: AppOptions = { trustProxy: 1, proxyHeaders: 'forwarded' };
    expect(await readVary({ handler }, options)).toBe('Forwarded');
  });

  it('names nothing without a trusted proxy, or if the host was only looked at', async () => {
    const handler = ({ request }: Context): unknown => `${request.host} ${request.protocol}`;
    expect(await readVary({ handler }, {})).toBeUndefined();
    expect(await readVary({ handler: ({ request }) => request.peekHost() })).toBeUndefined();
    expect(await readVary({ handler: ({ request }) => request.peekProtocol() })).toBeUndefined();
  });

  it('names the host wherever a route for a host decides, also where it does not answer', async () => {
    const handler = ({ route }: Context): unknown => route.name;
    const routes: PlainRoute[] = [
      { method: 'GET', path: '/x', host: 'api.example', name: 'api', handler },
      { method: 'GET', path: '/x', name: 'any', handler },
      { method: 'GET', path: '/y', host: 'api.example', name: 'y', handler },
      { method: 'GET', path: '/*', name: 'rest', handler },
      { method: 'POST', path: '/y', name: 'post', handler },
      { method: 'GET', path: '/plain', name: 'plain', handler },
    ];
    const app = await createApp({ routes, trustProxy: ['loopback'] });
    const ask = async (host: string, url: string, method = 'GET'): Promise<unknown[]> => {
      const answer = await app.inject({ method, url, headers: { ...HEADERS, 'x-forwarded-host': host } });
      return [answer.status === 200 ? answer.text() : answer.status, answer.header('vary')];
    };
    expect(await ask('api.example', '/x')).toEqual(['api', 'X-Forwarded-Host']);
    expect(await ask('b.example', '/x')).toEqual(['any', 'X-Forwarded-Host']);
    expect(await ask('b.example', '/y')).toEqual(['rest', 'X-Forwarded-Host']);
    expect(await ask('b.example', '/x', 'PUT')).toEqual([405, 'X-Forwarded-Host']);
    expect(await ask('b.example', '/plain')).toEqual(['plain', undefined]);
    expect(await ask('b.example', '/y', 'POST')).toEqual(['post', undefined]);
    const alone = await createApp({ routes: routes.slice(0, 2) });
    expect((await alone.inject({ url: '/x' })).header('vary')).toBeUndefined();
  });
});
