import { makeMemoryRequest } from '../../../src/engine/memory/inject';

describe('An injected request', () => {
  it.each([
    ['missing', undefined],
    ['a complete address', 'http://localhost/cats'],
    ['relative', 'cats'],
    ['empty', ''],
    ['a list', ['/cats']],
  ])('is refused with an example if its url is %s', (_, url) => {
    expect(() => makeMemoryRequest({ url: url as string })).toThrow(
      new TypeError(
        `The url of an injected request must begin with a slash, such as { url: '/cats?limit=10' }.`,
      ),
    );
  });

  it('has its path and its query apart', () => {
    expect(makeMemoryRequest({ url: '/cats?limit=1?2' })).toMatchObject({
      path: '/cats',
      query: 'limit=1?2',
    });
  });
});
