import fc from 'fast-check';
import {
  bytes,
  created,
  html,
  json,
  noContent,
  redirect,
  Reply,
  stream,
  text,
} from '../../../src/http/reply/replies';

describe('the reply functions', () => {
  const data = new Uint8Array([1]);
  async function* source() {
    yield await Promise.resolve('a');
  }
  const streamed = source();

  it.each<[string, Reply, unknown, string | undefined, number | undefined]>([
    ['json', json({ a: 1 }), '{"a":1}', 'application/json', undefined],
    ['json of null', json(null), 'null', 'application/json', undefined],
    ['text', text('a'), 'a', 'text/plain; charset=utf-8', undefined],
    ['html', html('<p>'), '<p>', 'text/html; charset=utf-8', undefined],
    ['bytes', bytes(data), data, 'application/octet-stream', undefined],
    ['stream', stream(streamed), streamed, 'application/octet-stream', undefined],
    ['created', created({ id: 1 }), '{"id":1}', 'application/json', 201],
    ['created without a value', created(), '', undefined, 201],
    ['noContent', noContent(), undefined, undefined, 204],
    ['redirect', redirect('/a'), '', undefined, 302],
  ])('make a reply: %s', (_name, reply, body, contentType, status) => {
    expect(reply).toBeInstanceOf(Reply);
    expect(reply).toMatchObject({ body, contentType, status });
  });

  it('set the status and the headers', () => {
    const init = { status: 418, headers: { 'X-A': '1' } };
    for (const reply of [
      json(1, init),
      text('a', init),
      html('', init),
      bytes(data, init),
      stream(streamed, init),
    ])
      expect(reply).toMatchObject(init);
    expect(noContent({ headers: init.headers })).toMatchObject({ status: 204, headers: init.headers });
    expect(created(1, { ...init, location: '/x' })).toMatchObject({
      status: 418,
      headers: { 'X-A': '1', Location: '/x' },
    });
  });

  it.each([[undefined], [() => 1], [Symbol('s')], [1n]])('refuse JSON of %p', (value) => {
    expect(() => json(value).body).toThrow(TypeError);
  });
});

describe('redirect', () => {
  it.each([301, 302, 303, 307, 308])('accepts the status %i', (status) =>
    expect(redirect('/', { status }).status).toBe(status),
  );

  it.each([200, 300, 304, 404])('refuses the status %i', (status) =>
    expect(() => redirect('/', { status })).toThrow(RangeError),
  );

  it.each([
    ['/a?b=c#d', '/a?b=c#d'],
    ['/é x', '/%C3%A9%20x'],
    ['/%C3%A9 é', '/%C3%A9%20%C3%A9'],
    ['/100%25 x', '/100%25%20x'],
    ['/a\r\nSet-Cookie: x=y', '/a%0D%0ASet-Cookie:%20x=y'],
    ['/\ud800', '/%EF%BF%BD'],
  ])('sends %j as %s', (location, sent) => expect(redirect(location).headers).toEqual({ Location: sent }));

  it('makes a header that can be sent from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (location) => {
        expect(redirect(location).headers!['Location']).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });
});
