import { Readable } from 'node:stream';
import { gzip } from '@sluice/compression';
import { Controller, createApp, Get, Post, type AppOptions, type Context, type Next } from '@sluice/core';
import fc from 'fast-check';
import { etag, type EtagOptions } from '../src';

const WEAK = /^W\/"[\w-]{27}"$/;
const note = { text: 'milk' };
let text = 'one';

@Controller('/notes')
class NotesController {
  @Get() list() {
    return [note];
  }

  @Get('/text') text() {
    return text;
  }

  @Get('/stream') stream() {
    return Readable.from(['a', 'b']);
  }

  @Get('/empty') empty() {}

  @Get('/broken') broken() {
    throw new Error('no disk');
  }

  @Post() add() {
    return note;
  }
}

/** Sets what a handler would set. */
const set = (headers: Record<string, string>) => (context: Context, next: Next) => {
  for (const [name, value] of Object.entries(headers)) context.response.headers.set(name, value);
  return next();
};

const start = (options?: EtagOptions, rest: AppOptions = {}) =>
  createApp({
    controllers: [NotesController],
    middleware: [etag(options)],
    logger: { ...console, error: () => undefined },
    ...rest,
  });

describe('the ETag of a response', () => {
  it('is weak, and the same for the same body', async () => {
    const app = await start();
    const [first, second] = [await app.inject({ url: '/notes' }), await app.inject({ url: '/notes' })];
    expect(first.header('etag')).toMatch(WEAK);
    expect(second.header('etag')).toBe(first.header('etag'));
    expect((await app.inject({ url: '/notes/text' })).header('etag')).not.toBe(first.header('etag'));
  });

  it('is strong where that is asked for', async () => {
    const response = await (await start({ weak: false })).inject({ url: '/notes' });
    expect(response.header('etag')).toMatch(/^"[\w-]{27}"$/);
  });

  it('is the same for GET and HEAD, and follows the body', async () => {
    const app = await start();
    const head = await app.inject({ method: 'HEAD', url: '/notes/text' });
    expect(head.header('etag')).toBe((await app.inject({ url: '/notes/text' })).header('etag'));
    text = 'two';
    expect((await app.inject({ url: '/notes/text' })).header('etag')).not.toBe(head.header('etag'));
    text = 'one';
  });

  it.each([
    ['GET', '/notes/stream', 200],
    ['GET', '/notes/empty', 204],
    ['GET', '/notes/broken', 500],
    ['GET', '/nowhere', 404],
    ['POST', '/notes', 200],
  ])('is not on %s %s', async (method, url, status) => {
    const response = await (await start()).inject({ method, url });
    expect(response.status).toBe(status);
    expect(response.header('etag')).toBeUndefined();
  });

  it('is not on a response that must not be kept', async () => {
    const app = await start({}, { middleware: [etag(), set({ 'Cache-Control': 'private, No-Store' })] });
    expect((await app.inject({ url: '/notes' })).header('etag')).toBeUndefined();
  });

  it('is that of the handler, if it has set one', async () => {
    const app = await start({}, { middleware: [etag(), set({ ETag: '"v7"' })] });
    expect((await app.inject({ url: '/notes' })).header('etag')).toBe('"v7"');
    const again = await app.inject({ url: '/notes', headers: { 'if-none-match': '"v7"' } });
    expect([again.status, again.header('etag')]).toEqual([304, '"v7"']);
  });
});

describe('If-None-Match (RFC 9110 §13.1.2)', () => {
  const ask = async (value: string | string[], rest?: AppOptions) => {
    const app = await start({}, rest);
    return app.inject({ url: '/notes', headers: { 'if-none-match': value } });
  };

  async function readTag(): Promise<string> {
    return (await (await start()).inject({ url: '/notes' })).header('etag')!;
  }

  it('is answered with 304 without a body, for the tag, its strong form, a list with it, and "*"', async () => {
    const tag = await readTag();
    for (const value of [tag, tag.slice(2), `"a", ${tag}`, `W/"x",${tag} , "y"`, '*']) {
      const response = await ask(value);
      expect([value, response.status, response.text()]).toEqual([value, 304, '']);
      expect(response.header('etag')).toBe(tag);
    }
  });

  it('is answered with the response for another tag, and for what is not a list of tags', async () => {
    const tag = await readTag();
    for (const value of ['"other"', tag.replaceAll('"', ''), `"a, ${tag.slice(3, -1)}"`, '', ',', '"'])
      expect([value, (await ask(value)).status]).toEqual([value, 200]);
  });

  it('does not split a tag at its comma', async () => {
    const middleware = [etag(), set({ ETag: '"a,b"' })];
    expect((await ask('"x", "a,b"', { middleware })).status).toBe(304);
    expect((await ask('"a", "b"', { middleware })).status).toBe(200);
  });

  it('wins over If-Modified-Since (§13.2.2)', async () => {
    const date = 'Sun, 29 Nov 2026 12:00:00 GMT';
    const app = await start({}, { middleware: [etag(), set({ 'Last-Modified': date })] });
    const changed = { 'if-none-match': '"other"', 'if-modified-since': date };
    expect((await app.inject({ url: '/notes', headers: changed })).status).toBe(200);
    const since = await app.inject({ url: '/notes', headers: { 'if-modified-since': date } });
    expect(since.status).toBe(304);
  });

  it('reads long lists in linear time (CVE-2024-38809)', async () => {
    const value = '"'.repeat(7000) + 'W/'.repeat(500);
    expect((await ask(value)).status).toBe(200);
  });

  it('holds for any list that has the tag', async () => {
    const app = await start();
    const tag = await readTag();
    const other = fc.stringMatching(/^[\x21\x23-\x7e]{0,12}$/).map((value) => `"${value}"`);
    await fc.assert(
      fc.asyncProperty(fc.array(other, { maxLength: 5 }), fc.nat(5), fc.boolean(), async (tags, at, isIn) => {
        const list = [...tags];
        if (isIn) list.splice(at, 0, tag);
        const response = await app.inject({ url: '/notes', headers: { 'if-none-match': list.join(', ') } });
        expect(response.status).toBe(isIn ? 304 : 200);
      }),
    );
  });
});

describe('a 304 (RFC 9110 §15.4.5)', () => {
  it('keeps what a cache and a browser need, and describes no body', async () => {
    const sent = {
      'Cache-Control': 'max-age=60',
      'Access-Control-Allow-Origin': '*',
      'X-Request-Id': '1',
      'Set-Cookie': 'a=1',
      'Content-Language': 'en',
      Vary: 'Origin',
    };
    const app = await start({}, { middleware: [etag(), set(sent)] });
    const response = await app.inject({ url: '/notes', headers: { 'if-none-match': '*' } });
    expect(response.status).toBe(304);
    for (const name of [
      'cache-control',
      'access-control-allow-origin',
      'x-request-id',
      'set-cookie',
      'vary',
      'etag',
    ])
      expect([name, response.header(name)]).not.toEqual([name, undefined]);
    for (const name of ['content-type', 'content-language', 'content-length'])
      expect([name, response.header(name)]).toEqual([name, undefined]);
  });

  it('is only for GET and HEAD', async () => {
    const response = await (
      await start()
    ).inject({ method: 'POST', url: '/notes', headers: { 'if-none-match': '*' } });
    expect(response.status).toBe(200);
    const head = await (
      await start()
    ).inject({ method: 'HEAD', url: '/notes', headers: { 'if-none-match': '*' } });
    expect(head.status).toBe(304);
  });
});

describe('If-Match of a GET (RFC 9110 §13.1.1)', () => {
  it('is a 412 unless it has the strong tag', async () => {
    const app = await start({ weak: false });
    const tag = (await app.inject({ url: '/notes' })).header('etag')!;
    const status = async (value: string) =>
      (await app.inject({ url: '/notes', headers: { 'if-match': value } })).status;
    expect([await status(tag), await status('"other"'), await status(`W/${tag}`)]).toEqual([200, 412, 412]);
  });
});

describe('beside compression', () => {
  const long = { method: 'GET', path: '/long', handler: () => 'x'.repeat(2000) } as const;

  it('the tag is that of the plain body, so it is the same for every coding, and 304 works', async () => {
    const app = await start({ weak: false }, { middleware: [gzip(), etag({ weak: false })], routes: [long] });
    const plain = await app.inject({ url: '/long' });
    const packed = await app.inject({ url: '/long', headers: { 'accept-encoding': 'gzip' } });
    expect(packed.header('content-encoding')).toBe('gzip');
    expect(packed.header('etag')).toBe(`W/${plain.header('etag')}`);
    const headers = { 'accept-encoding': 'gzip', 'if-none-match': packed.header('etag')! };
    const again = await app.inject({ url: '/long', headers });
    expect([again.status, again.header('vary'), again.header('content-encoding')]).toEqual([
      304,
      'Accept-Encoding',
      undefined,
    ]);
  });

  it('compression inside refuses to start', async () => {
    await expect(start({}, { middleware: [etag(), gzip()] })).rejects.toThrow('MIDDLEWARE_ORDER');
  });
});

describe('on a socket', () => {
  it('answers 304 to the tag that it gave', async () => {
    const app = await start();
    const { url } = await app.listen({ port: 0 });
    const tag = (await fetch(`${url}/notes`)).headers.get('etag')!;
    const again = await fetch(`${url}/notes`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text(), again.headers.get('content-length')]).toEqual([304, '', null]);
    await app.close();
  });
});

describe('options of etag', () => {
  it.each([
    [{ strong: true }, 'OPTION_UNKNOWN'],
    [{ weak: 'no' }, 'OPTION_INVALID'],
  ])('refuse %j at start-up', (options, code) => {
    expect(() => etag(options as never)).toThrow(code);
  });
});
