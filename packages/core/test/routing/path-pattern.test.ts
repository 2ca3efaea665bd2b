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

  it('has segments, parameters and a shape, and is frozen', () => {
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
    ['/*/a', 'Only the last segment may be *.'],
    ['/a:id', 'A parameter is a whole segment, and its name is a word: write /:id, not /a:id.'],
    ['/:', 'A parameter is a whole segment, and its name is a word: write /:id, not /:.'],
    ['/:1', 'A parameter is a whole segment, and its name is a word: write /:id, not /:1.'],
    ['/{id}', 'Write parameters as /:name and the rest of a path as /*, not /{id}.'],
    ['/a*', 'Write parameters as /:name and the rest of a path as /*, not /a*.'],
    ['/:id?', 'A parameter is a whole segment, and its name is a word: write /:id, not /:id?.'],
    ['/ä', 'The segment /ä has a character that a path cannot have; percent-encode it.'],
    ['/a b', 'The segment /a b has a character that a path cannot have; percent-encode it.'],
    ['/%zz', 'The segment /%zz has a character that a path cannot have; percent-encode it.'],
    ['/:id/:id', 'The parameter :id appears twice.'],
    ['/a'.repeat(101), 'It has more than 100 segments.'],
  ])('cannot be %j', (path, fault) => expect(parsePathPattern('', path)).toBe(fault));
});
