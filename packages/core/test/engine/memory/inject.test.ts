import { makeMemoryRequest } from '../../../src/engine/memory/inject';

describe('An injected request', () => {
  it.each([
    ['missing', undefined],
    ['a complete address', 'http://localhost/cats'],
    ['relative', 'cats'],
    ['empty', ''],
    ['a list', ['/cats']],
    ['bytes without a slash', Buffer.from('cats')],
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

  it.each<[string, string | Uint8Array, string]>([
    ['text', '/Zoë?日本', '/Zoë?日本'],
    ['UTF-8 with a character for each byte', '/Zo\xc3\xab?\xe6\x97\xa5', '/Zoë?日'],
    ['bytes', Buffer.from('/Zoë?日本'), '/Zoë?日本'],
    ['bytes that are not UTF-8', Uint8Array.of(0x2f, 0xeb, 0x3f, 0xff), '/\ufffd?\ufffd'],
    ['percent-encoded', '/Zo%EB?%FF', '/Zo%EB?%FF'],
  ])('has a url that is UTF-8: %s', (_, url, expected) => {
    const { path, query } = makeMemoryRequest({ url });
    expect(`${path}?${query}`).toBe(expected);
  });
});
