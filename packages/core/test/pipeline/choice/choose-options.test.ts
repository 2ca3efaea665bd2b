import { createApp, type Context, type PlainRoute } from '../../../src';
import { ask, askPreflight, named, traced } from './ask-app';

/** The middleware that a preflight for PUT meets, among routes that it could also reach as an OPTIONS request. */
const meet = (routes: readonly PlainRoute[], url: string, headers: Record<string, string> = {}) =>
  askPreflight({ routes }, url, headers);

const notes = traced('notes', { path: '/notes/:id' });

describe('a preflight', () => {
  it.each([
    ['ALL', '/*'],
    ['ALL', '/notes/*'],
    ['ALL', '/:any/:id'],
    ['ALL', '/notes/:same'],
    ['OPTIONS', '/*'],
    ['OPTIONS', '/notes/*'],
    ['OPTIONS', '/:any/1'],
  ] as const)('meets the route that it asks about, although %s %s would match', async (method, path) => {
    const wide = traced('wide', { method, path });
    expect(await meet([notes, wide], '/notes/1')).toBe('notes');
    expect(await meet([wide, notes], '/notes/1')).toBe('notes');
  });

  it.each([
    ['OPTIONS', '/notes/:same'],
    ['OPTIONS', '/notes/1'],
    ['ALL', '/notes/1'],
  ] as const)('meets %s %s, which is as specific or more', async (method, path) => {
    expect(await meet([notes, traced('own', { method, path })], '/notes/1')).toBe('own');
  });

  it('meets a route for all methods if that is what it asks about', async () => {
    const all = traced('all', { method: 'ALL', path: '/*' });
    expect(await meet([traced('post', { method: 'POST', path: '/notes/:id' }), all], '/notes/1')).toBe('all');
    expect(await meet([notes, all], '/else')).toBe('all');
  });

  it('compares the hosts of two routes on one path', async () => {
    const api = traced('api', { path: '/x', host: 'api.example.com' });
    const options = traced('options', { method: 'OPTIONS', path: '/x' });
    const wide = traced('wide', { method: 'ALL', path: '/*', host: 'api.example.com' });
    expect(await meet([api, options], '/x', { host: 'api.example.com' })).toBe('api');
    expect(await meet([api, options], '/x', { host: 'b.example.com' })).toBe('options');
    expect(await meet([api, options, wide], '/x', { host: 'api.example.com' })).toBe('api');
    expect(await meet([traced('any', { path: '/x' }), wide], '/x', { host: 'api.example.com' })).toBe('any');
  });

  it('meets the version that it would get without the wider route', async () => {
    const versioning = { type: 'header', header: 'X-Version' } as const;
    const routes = [
      traced('one', { path: '/x', version: '1' }),
      traced('two', { path: '/x', version: '2' }),
      traced('wide', { method: 'ALL', path: '/*' }),
    ];
    expect(await askPreflight({ routes, versioning }, '/x')).toBe('one');
    expect(await askPreflight({ routes, versioning: { ...versioning, defaultVersion: '2' } }, '/x')).toBe(
      'two',
    );
  });

  it('meets routes of a mounted application, and the other way round', async () => {
    const wide = (name: string) => traced(name, { method: 'ALL', path: '/*' });
    const outer = await createApp({ routes: [wide('outer'), traced('put', { path: '/admin/put' })] });
    outer.mount('/admin', await createApp({ routes: [notes, wide('inner')] }));
    const met = async (url: string) => {
      const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
      return (await outer.inject({ method: 'OPTIONS', url, headers })).header('x-met');
    };
    expect([await met('/admin/notes/1'), await met('/admin/put')]).toEqual(['notes', 'put']);
    expect([await met('/admin/else'), await met('/else')]).toEqual(['inner', 'outer']);
  });

  it('follows the host that a trusted proxy reports', async () => {
    const routes = [
      traced('api', { path: '/x', host: 'api.example.com' }),
      traced('wide', { method: 'ALL', path: '/*' }),
    ];
    const headers = { host: 'inside', 'x-forwarded-host': 'api.example.com', 'x-forwarded-for': '192.0.2.1' };
    expect(await askPreflight({ routes, trustProxy: 1 }, '/x', headers)).toBe('api');
  });

  it('has the route of the fallback, and does not run the handler', async () => {
    const handler = jest.fn();
    const kinds: string[] = [];
    const note = ({ route }: Context, next: () => unknown): unknown => {
      kinds.push(`${route.kind} ${route.path}`);
      return next();
    };
    const app = await createApp({
      routes: [
        { ...notes, middleware: [note], handler },
        { method: 'ALL', path: '/*', handler },
      ],
    });
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
    const { status } = await app.inject({ method: 'OPTIONS', url: '/notes/1', headers });
    expect([status, kinds]).toEqual([204, ['fallback /*']]);
    expect(handler).not.toHaveBeenCalled();
  });
});

describe('OPTIONS that is not a preflight', () => {
  const routes = [named('notes', { method: 'PUT', path: '/notes/:id' })];

  it.each(['ALL', 'OPTIONS'] as const)('meets the route for %s', async (method) => {
    const all = [...routes, named('wide', { method, path: '/*' })];
    expect(await ask({ routes: all }, '/notes/1', {}, 'OPTIONS')).toBe('wide');
    expect(await ask({ routes: all }, '/notes/1', { origin: 'https://a.example' }, 'OPTIONS')).toBe('wide');
    const asked = { 'access-control-request-method': 'PUT' };
    expect(await ask({ routes: all }, '/notes/1', asked, 'OPTIONS')).toBe('wide');
  });
});
