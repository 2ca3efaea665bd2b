import { parsePathPattern, type PathPattern } from '../../src/routing/path-pattern';
import { UrlTable } from '../../src/routing/url-table';
import { VERSION_NEUTRAL } from '../../src/routing/versioning';

class NotesController {}
class StrangersController {}

describe('a URL table', () => {
  const table = makeTable('');

  it.each<[string, Record<string, string | number>, string]>([
    ['list', {}, '/notes'],
    ['show', { id: 7 }, '/notes/7'],
    ['compare', { right: 'b', left: 'a' }, '/notes/a/b'],
    ['download', { '*': 'a/b c' }, '/files/a/b%20c'],
  ])('writes the path of %s with %p', (method, values, path) => {
    expect(table.format(NotesController, method, values)).toBe(path);
  });

  it('takes the first path of a method that has exactly the given parameters', () => {
    expect(table.format(NotesController, 'page', {})).toBe('/pages');
    expect(table.format(NotesController, 'page', { number: 2 })).toBe('/pages/2');
  });

  it('puts the base path before every path', () => {
    expect(makeTable('/api').format(NotesController, 'show', { id: 7 })).toBe('/api/notes/7');
  });

  it('takes the version asked for, else that of the request, else the first written', () => {
    const entries = ['1', '2', undefined].map((version) => ({
      controller: NotesController,
      method: 'list',
      pattern: parsePathPattern(version === undefined ? '' : `/v${version}`, '/notes') as PathPattern,
      version,
    }));
    const versions = new UrlTable(entries);
    const format = (asked?: string | typeof VERSION_NEUTRAL, current?: string) =>
      versions.format(NotesController, 'list', {}, { asked, current });
    expect([format('2', '1'), format(VERSION_NEUTRAL, '1')]).toEqual(['/v2/notes', '/notes']);
    expect([format(undefined, '2'), format(undefined, '9')]).toEqual(['/v2/notes', '/v1/notes']);
    expect(() => format('3')).toThrow(
      'NotesController.list has no route of version "3"; it has version "1", version "2", no version.',
    );
  });

  it('refuses classes and methods without a route', () => {
    expect(() => table.format(StrangersController, 'list', {})).toThrow(
      'StrangersController is not a controller of this application, so it has no URL.',
    );
    for (const method of ['remove', 'constructor', '__proto__'])
      expect(() => table.format(NotesController, method, {})).toThrow(
        `NotesController.${method} has no route, so it has no URL.`,
      );
  });

  it.each<[string, Record<string, string | number>, string]>([
    ['show', {}, 'received: none'],
    ['show', { name: 'x' }, 'received: name'],
    ['show', { id: 7, name: 'x' }, 'received: id, name'],
    ['compare', { left: 'a' }, 'received: left'],
    ['compare', { 'left,right': 'a' }, 'received: left,right'],
    ['list', { id: 7 }, 'received: id'],
    ['download', {}, 'received: none'],
  ])('refuses %s with %p: not the parameters of its path', (method, values, received) => {
    expect(() => table.format(NotesController, method, values)).toThrow(
      `Give exactly the parameters of its path; ${received}.`,
    );
  });

  it('treats undefined and inherited parameters as missing', () => {
    const unset = { id: undefined } as unknown as Record<string, string>;
    expect(() => table.format(NotesController, 'show', unset)).toThrow('received: none');
    expect(table.format(NotesController, 'list', unset)).toBe('/notes');
    expect(() => table.format(NotesController, 'show', Object.create({ id: 7 }) as { id: number })).toThrow(
      'received: none',
    );
  });

  it('names all paths of the method in its error', () => {
    expect(() => table.format(NotesController, 'page', { id: 1 })).toThrow(
      'NotesController.page has the path /pages and /pages/:number. ',
    );
  });
});

function makeTable(basePath: string): UrlTable {
  const paths = [
    ['list', '/notes'],
    ['show', '/notes/:id'],
    ['compare', '/notes/:left/:right'],
    ['download', '/files/*'],
    ['page', '/pages'],
    ['page', '/pages/:number'],
  ] as const;
  const entries = paths.map(([method, path]) => ({
    controller: NotesController,
    method,
    pattern: parsePathPattern('', path) as PathPattern,
  }));
  return new UrlTable(entries, basePath);
}
