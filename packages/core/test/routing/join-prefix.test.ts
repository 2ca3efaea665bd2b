import { joinPrefix } from '../../src/routing/join-prefix';

describe('joinPrefix', () => {
  it.each([
    ['', '/notes', '/notes'],
    ['/', '/notes', '/notes'],
    ['/api', '/notes', '/api/notes'],
    ['/api//', 'notes', '/api/notes'],
    ['/api', '/', '/api/'],
    ['', '', '/'],
  ])('joins %j and %j to %j', (prefix, path, joined) => {
    expect(joinPrefix(prefix, path)).toBe(joined);
  });
});
