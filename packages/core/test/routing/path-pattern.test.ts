import { parsePathPattern, type PathPattern } from '../../src/routing/path-pattern';

describe('a path pattern', () => {
  it.each([
    ['/notes', '/', '/notes'],
    ['/notes', '', '/notes'],
    ['/notes/', '/:id', '/notes/:id'],
    ['notes', 'list', '/notes/list'],
    ['/', '/', '/'],
    ['', '/', '/'],
    ['/', '/a', '/a'],
    ['/notes', '/list/', '/notes/list/'],
    ['/files', '/*', '/files/*'],
    ['', '*', '/*'],
    ['/a', '/%20-._~!$&()+,;=@', '/a/%20-._~!$&()+,;=@'],
  ])('joins %j and %j to %j', (prefix, path, joined) => {
    expect((parsePathPattern(prefix, path) as PathPattern).path).toBe(joined);
  });

  it('knows its segments, its parameters and its shape, and is frozen', () => {
    const pattern = parsePathPattern('/notes/:id', '/files/:file_2/*') as PathPattern;
    expect(pattern).toEqual({
      path: '/notes/:id/files/:file_2/*',
      shape: 'notes/:/files/:/*',
      segments: ['notes', ':id', 'files', ':file_2', '*'],
      parameters: ['id', 'file_2'],
    });
    expect([pattern, pattern.segments, pattern.parameters].every(Object.isFrozen)).toBe(true);
  });

  it.each([
    ['/a//b', 'It has an empty segment (//).'],
    ['//a', 'It has an empty segment (//).'],
    ['/*/a', 'A * may only be its last segment.'],
    ['/a:id', 'A parameter is a whole segment and its name a word: /:id, not /a:id.'],
    ['/:', 'A parameter is a whole segment and its name a word: /:id, not /:.'],
    ['/:1', 'A parameter is a whole segment and its name a word: /:id, not /:1.'],
    ['/{id}', 'Parameters are written /:name and the rest /*, not /{id}.'],
    ['/a*', 'Parameters are written /:name and the rest /*, not /a*.'],
    ['/:id?', 'A parameter is a whole segment and its name a word: /:id, not /:id?.'],
    ['/ä', 'The segment /ä holds a character that no path can have; percent-encode it.'],
    ['/a b', 'The segment /a b holds a character that no path can have; percent-encode it.'],
    ['/%zz', 'The segment /%zz holds a character that no path can have; percent-encode it.'],
    ['/:id/:id', 'The parameter :id stands in it twice.'],
    ['/a'.repeat(101), 'It has more than 100 segments.'],
  ])('can not be made of %j', (path, fault) => expect(parsePathPattern('', path)).toBe(fault));
});
