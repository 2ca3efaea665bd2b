import type { RouteMethod } from '../../src/routing/http-method';
import { parsePathPattern, type PathPattern } from '../../src/routing/path-pattern';
import { PathTable } from '../../src/routing/path-table';

function makeTable(...routes: [RouteMethod, string][]): PathTable<string> {
  const table = new PathTable<string>();
  for (const [method, path] of routes)
    table.add(method, parsePathPattern('', path) as PathPattern, `${method} ${path}`);
  return table;
}

describe('the path table', () => {
  const routes: [RouteMethod, string][] = [
    ['GET', '/'],
    ['GET', '/notes/:id'],
    ['GET', '/notes/new'],
    ['GET', '/notes/:id/files/*'],
    ['GET', '/notes/:id/:part'],
    ['ALL', '/notes/new'],
    ['POST', '/notes/:id'],
    ['GET', '/slash/'],
  ];

  it.each([
    ['/', 'GET /', []],
    ['/notes/new', 'GET /notes/new', []],
    ['/notes/7', 'GET /notes/:id', ['7']],
    ['/notes/%2F', 'GET /notes/:id', ['%2F']],
    ['/notes/7/files/a/b', 'GET /notes/:id/files/*', ['7']],
    ['/notes/7/files', 'GET /notes/:id/:part', ['7', 'files']],
    ['/notes/new/x', 'GET /notes/:id/:part', ['new', 'x']],
    ['/slash/', 'GET /slash/', []],
  ])('finds %s, the most specific pattern first', (path, value, parameters) => {
    for (const order of [routes, [...routes].reverse()])
      expect(makeTable(...order).find('GET', path)).toEqual({ value, parameters });
  });

  it.each(['/notes', '/notes/', '/notes/7/', '/Notes/7', '/slash', '/__proto__', '/constructor', '//'])(
    'finds nothing for %j',
    (path) => expect(makeTable(...routes).find('GET', path)).toBeUndefined(),
  );

  it('prefers a method to ALL, and finds nothing for a method that Sluice does not serve', () => {
    const table = makeTable(...routes);
    expect(table.find('GET', '/notes/new')?.value).toBe('GET /notes/new');
    expect(table.find('DELETE', '/notes/new')?.value).toBe('ALL /notes/new');
    expect(table.find('PROPFIND', '/notes/new')).toBeUndefined();
    expect(table.find('get', '/notes/new')).toBeUndefined();
  });

  it('falls back to a less specific pattern that has the method', () => {
    expect(makeTable(['GET', '/a/b'], ['POST', '/a/:x']).find('POST', '/a/b')).toEqual({
      value: 'POST /a/:x',
      parameters: ['b'],
    });
  });

  it('lists the methods of a path and OPTIONS', () => {
    const table = makeTable(['GET', '/a'], ['POST', '/:x'], ['ALL', '/all'], ['OPTIONS', '/o']);
    expect(table.findAllowed('/a')).toEqual(['GET', 'POST', 'OPTIONS']);
    expect(table.findAllowed('/all')).toEqual(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
    expect(table.findAllowed('/o')).toEqual(['POST', 'OPTIONS']);
    expect(table.findAllowed('/a/b')).toEqual([]);
  });

  it('searches only as deep as the patterns, however long the path', () => {
    const table = makeTable(['GET', `${'/:a'.repeat(1)}`], ['GET', '/x/:b/*']);
    expect(table.find('GET', '/x'.repeat(50_000))?.value).toBe('GET /x/:b/*');
    expect(table.find('GET', '/y'.repeat(50_000))).toBeUndefined();
  });
});
