import { compileProxyTrust } from '../../src/http/proxy/forwarded-client';
import type { HttpRequest } from '../../src/http/request';
import { makeContext } from '../make-context';

describe('a request', () => {
  it('has the method, path, query and target as they were sent', () => {
    const { request } = makeContext({ method: 'PUT', url: '/a%20b?c=%C3%A9', address: '::1' });
    expect([request.method, request.path, request.rawQuery, request.target, request.address]).toEqual([
      'PUT',
      '/a%20b',
      'c=%C3%A9',
      '/a%20b?c=%C3%A9',
      '::1',
    ]);
    expect(request.query.get('c')).toBe('é');
    expect(request.query).toBe(request.query);
    expect(makeContext({ url: '/a' }).request.target).toBe('/a');
  });

  it('has the scheme of its connection, unless a trusted proxy reports another one', () => {
    const read = (protocol: 'http' | 'https' | undefined, headers: Record<string, string> = {}) => {
      const { request } = makeContext({ ...(protocol && { protocol }), headers });
      const alone = request.protocol;
      request.trustProxies(compileProxyTrust(['loopback'])!);
      return [alone, request.protocol];
    };
    expect(read(undefined)).toEqual(['http', 'http']);
    expect(read('https')).toEqual(['https', 'https']);
    expect(read('http', { 'x-forwarded-proto': 'https' })).toEqual(['http', 'https']);
    expect(read('https', { 'x-forwarded-proto': 'http' })).toEqual(['https', 'http']);
    expect(() => makeContext({ protocol: 'ftp' as 'http' })).toThrow(TypeError);
  });

  it('shows the scheme without a note that it was read, and the other end of the connection', () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };
    const { request } = makeContext({ headers, address: '127.0.0.1' });
    expect([request.peekProtocol(), request.peerAddress, request.address]).toEqual([
      'http',
      '127.0.0.1',
      '127.0.0.1',
    ]);
    request.trustProxies(compileProxyTrust(['loopback'])!);
    expect([request.peekProtocol(), request.peerAddress, request.address]).toEqual([
      'https',
      '127.0.0.1',
      '192.0.2.1',
    ]);
  });

  it('decodes its parameters, by name and by position', () => {
    const { request } = makeContext({}, ['%C3%A9', '%zz']);
    expect([request.param('id'), request.paramAt(0), request.param('other'), request.paramAt(5)]).toEqual([
      'é',
      'é',
      undefined,
      undefined,
    ]);
    expect(() => request.paramAt(1)).toThrow('The URL or form has malformed percent-encoding.');
    expect(request.param('constructor')).toBeUndefined();
  });

  it('finds headers in any case, with the lines of a list combined, else the first line', () => {
    const headers = { Accept: ['a', 'b'], 'X-One': '1', Cookie: ['a=1', 'b=2'], Origin: ['x', 'y'] };
    const { request } = makeContext({ headers });
    expect(['ACCEPT', 'x-one', 'cookie', 'origin', 'none'].map((name) => request.header(name))).toEqual([
      'a, b',
      '1',
      'a=1; b=2',
      'x',
      undefined,
    ]);
  });

  it('has all headers without prototype, with the values of header(name)', () => {
    const headers = { accept: ['a', 'b'], cookie: ['a=1', 'b=2'], origin: ['x', 'y'], __proto__: null };
    const { request } = makeContext({ headers: headers as never });
    expect(Object.getPrototypeOf(request.headers)).toBeNull();
    expect({ ...request.headers }).toEqual({
      host: 'localhost',
      accept: 'a, b',
      cookie: 'a=1; b=2',
      origin: 'x',
    });
    expect(request.headers).toBe(request.headers);
  });

  it('reads cookies decoded or raw', () => {
    const { request } = makeContext({ headers: { cookie: 'a=%20; a=2' } });
    expect([request.cookies['a'], request.cookieValues('a')]).toEqual([' ', ['%20', '2']]);
    expect([makeContext().request.cookies['a'], makeContext().request.cookieValues('a')]).toEqual([
      undefined,
      [],
    ]);
  });

  it('finds the first acceptable cookie of a name over all lines, trying each once', () => {
    const find = (cookie: string | string[], isGood: (value: string) => boolean) => {
      const tried: string[] = [];
      const { request } = makeContext({ headers: { cookie } });
      const found = request.findCookie('a', (value) => {
        tried.push(value);
        return isGood(value) ? { value } : undefined;
      });
      return [found, tried];
    };
    expect(find('a=1; b=2; a=3', () => true)).toEqual([{ value: '1' }, ['1']]);
    expect(find('a=1; b=2; a=3', (value) => value === '3')).toEqual([{ value: '3' }, ['1', '3']]);
    expect(find(['a=1; b=2', 'a=3', 'a=4'], (value) => value === '4')).toEqual([
      { value: '4' },
      ['1', '3', '4'],
    ]);
    expect(find(['b=2', 'a=3'], () => true)).toEqual([{ value: '3' }, ['3']]);
    expect(find('a=1', () => false)).toEqual([undefined, ['1']]);
    expect(find([], () => true)).toEqual([undefined, []]);
  });

  it('finds the best cookie of a name by a comparison, trying each once', () => {
    const find = (...cookie: string[]) => {
      const tried: string[] = [];
      const { request } = makeContext({ headers: { cookie } });
      const accept = (value: string) => {
        tried.push(value);
        return /^\d$/.test(value) ? Number(value) : undefined;
      };
      return [request.findCookie('a', accept, (one, best) => one > best), tried];
    };
    expect(find('a=1; b=9; a=3; a=x; a=2')).toEqual([3, ['1', '3', 'x', '2']]);
    expect(find('a=0; a=x')).toEqual([0, ['0', 'x']]);
    expect(find('a=x', 'a=1; a=2')).toEqual([2, ['x', '1', '2']]);
    expect(find('a=x')).toEqual([undefined, ['x']]);
  });

  it('reads the body once and returns it any number of times', async () => {
    const { request } = makeContext({ method: 'POST', body: '{"a":[1]}' });
    expect(request.body).toBeUndefined();
    expect([await request.text(), await request.json(), await request.bytes()]).toEqual([
      '{"a":[1]}',
      { a: [1] },
      await request.bytes(),
    ]);
  });

  it('reads a form', async () => {
    const { request } = makeContext({ method: 'POST', body: 'a=1&a=2' });
    expect((await request.form()).getAll('a')).toEqual(['1', '2']);
  });

  it('rejects a body above the limit of the route with 413', async () => {
    const { request } = makeContext({ method: 'POST', body: 'x'.repeat(1001) });
    await expect(request.bytes()).rejects.toMatchObject({ status: 413 });
    await expect(request.text()).rejects.toMatchObject({ status: 413 });
  });

  it('reads text in the charset of its Content-Type, and JSON and forms in UTF-8', async () => {
    const ask = (contentType: string, body: Uint8Array | string) =>
      makeContext({ method: 'POST', headers: { 'content-type': contentType }, body }).request;
    const latin1 = Buffer.from('"é"', 'latin1');
    expect(await ask('text/plain; charset=iso-8859-1', latin1).text()).toBe('"é"');
    await expect(ask('text/plain; charset=klingon', 'a').text()).rejects.toMatchObject({ status: 415 });
    await expect(ask('text/plain', latin1).text()).rejects.toMatchObject({ status: 400 });
    expect(await ask('text/plain; charset=klingon', '"é"').json()).toBe('é');
    expect((await ask('text/plain; charset=klingon', 'a=é').form()).get('a')).toBe('é');
  });

  it.each<[string, (request: HttpRequest) => unknown, boolean]>([
    ['cookies', (request) => request.cookies, true],
    ['one cookie', (request) => request.cookieValues('a'), true],
    ['a cookie that is looked for', (request) => request.findCookie('a', () => undefined), true],
    ['the Cookie header', (request) => request.header('Cookie'), true],
    ['its lines', (request) => request.headerLines('COOKIE'), true],
    ['all headers', (request) => request.headers, true],
    ['another header', (request) => request.header('Accept'), false],
    ['the URL', (request) => request.target, false],
  ])('knows whether the cookies were read: %s', (_, read, expected) => {
    const { request } = makeContext({});
    expect(request.hasReadCookies).toBe(false);
    read(request);
    expect(request.hasReadCookies).toBe(expected);
  });
});
