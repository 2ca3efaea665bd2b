import { parseTarget } from '../../../src/engine/node/request-target';

describe('parseTarget', () => {
  it.each([
    ['/', { path: '/', query: '' }],
    ['/a%20b?q=1?2', { path: '/a%20b', query: 'q=1?2' }],
    ['//a.example/b', { path: '//a.example/b', query: '' }],
    ['http://a.example', { path: '/', query: '', authority: 'a.example' }],
    ['http://a.example?q=1', { path: '/', query: 'q=1', authority: 'a.example' }],
    ['HTTPS://[::1]:81/b?q', { path: '/b', query: 'q', authority: '[::1]:81' }],
  ])('reads %s', (target, expected) => {
    expect(parseTarget('GET', target)).toEqual({ authority: undefined, ...expected });
  });

  it('reads * with OPTIONS only, because it is the server as a whole', () => {
    expect(parseTarget('OPTIONS', '*')).toEqual({ path: '*', query: '', authority: undefined });
    expect(parseTarget('GET', '*')).toBeUndefined();
    expect(parseTarget('OPTIONS', '*?q')).toBeUndefined();
  });

  it.each(['', 'a', 'a.example:443', 'ftp://a/b', 'http://', 'http:///b', 'http://user@a/b', 'http:a'])(
    'refuses %j',
    (target) => expect(parseTarget('GET', target)).toBeUndefined(),
  );
});
