import { Body, BodyLimit, Controller, createApp, Delete, Post, type InjectRequest } from '../../../src';
import { makeLogger } from '../../make-logger';

@Controller('/')
class Bodies {
  @Post('/json') json(@Body('json', { validate: false }) body: unknown) {
    return { body };
  }
  @Post('/text') text(@Body('text') body: string) {
    return { body };
  }
  @Post('/bytes') bytes(@Body('bytes') body: Uint8Array) {
    return { body: [...body] };
  }
  @Post('/buffer') buffer(@Body() body: Buffer) {
    return { body: body.toString('hex') };
  }
  @Post('/form') form(@Body('form', { validate: false }) body: Record<string, unknown>) {
    return { body, hasPrototype: Object.getPrototypeOf(body) !== null };
  }
  @Post('/small') @BodyLimit(4) small(@Body('text') body: string) {
    return { body };
  }
  @Delete('/unread') @BodyLimit(4) unread() {
    return { body: 'unread' };
  }
}

async function send(url: string, request: Partial<InjectRequest>) {
  const app = await createApp({ controllers: [Bodies], development: false, logger: makeLogger() });
  const method = url === '/unread' ? 'DELETE' : 'POST';
  return app.inject({ method, url, ...request });
}

const type = (contentType: string) => ({ 'content-type': contentType });

describe('a body', () => {
  it.each<[string, Partial<InjectRequest>, unknown]>([
    ['/json', { body: { a: [1] } }, { a: [1] }],
    ['/json', { body: '"é"', headers: type('Application/JSON; charset=utf-8') }, 'é'],
    ['/json', { body: '1', headers: type('application/vnd.api+json') }, 1],
    ['/json', { body: 'null', headers: type('application/json') }, null],
    ['/text', { body: 'é', headers: type('text/markdown') }, 'é'],
    ['/text', { body: 'a' }, 'a'],
    ['/text', {}, ''],
    ['/bytes', { body: new Uint8Array([0, 255]), headers: type('image/png') }, [0, 255]],
    ['/bytes', {}, []],
    ['/buffer', { body: new Uint8Array([0, 255]) }, '00ff'],
    ['/buffer', {}, ''],
    ['/small', { body: 'four' }, 'four'],
    ['/unread', { body: 'four' }, 'unread'],
  ])('of %s is read: %j', async (url, request, body) => {
    const response = await send(url, request);
    expect([response.status, response.json()]).toEqual([200, { body }]);
  });

  it('becomes an object without prototype if it is a form', async () => {
    const headers = type('application/x-www-form-urlencoded');
    const response = await send('/form', { body: 'a=1&a=2&b=%C3%A9+x&__proto__=p', headers });
    expect(response.text()).toBe('{"body":{"a":["1","2"],"b":"é x","__proto__":"p"},"hasPrototype":false}');
    expect((await send('/form', {})).json()).toEqual({ body: {}, hasPrototype: false });
  });

  it.each<[string, Partial<InjectRequest>, string]>([
    ['/json', {}, 'json_empty'],
    ['/json', { body: '{', headers: type('application/json') }, 'json_syntax'],
    [
      '/json',
      { body: new Uint8Array([0x22, 0xff, 0x22]), headers: type('application/json') },
      'body_encoding',
    ],
    ['/json', { body: '{"__proto__":{}}', headers: type('application/json') }, 'json_prototype'],
    ['/text', { body: new Uint8Array([0xff]) }, 'body_encoding'],
    ['/form', { body: 'a=%zz', headers: type('application/x-www-form-urlencoded') }, 'percent_encoding'],
  ])('of %s is a 400 if it cannot be parsed: %j', async (url, request, code) => {
    const response = await send(url, request);
    expect([response.status, response.json()]).toMatchObject([400, { code }]);
  });

  it.each<[string, Partial<InjectRequest>, string]>([
    ['/json', { body: '{}' }, 'application/json'],
    ['/json', { body: '1' }, 'application/json'],
    ['/json', { body: '{}', headers: type('text/plain') }, 'application/json'],
    ['/json', { body: '{}', headers: type('application/jsonp') }, 'application/json'],
    ['/json', { headers: type('text/plain') }, 'application/json'],
    ['/text', { body: 'a', headers: type('application/json') }, 'text/plain'],
    [
      '/form',
      { body: 'a=1', headers: type('multipart/form-data; boundary=x') },
      'application/x-www-form-urlencoded',
    ],
  ])('of %s is a 415 with Accept if it has another type: %j', async (url, request, accept) => {
    const response = await send(url, request);
    expect([response.status, response.header('accept'), response.json()]).toMatchObject([
      415,
      accept,
      { code: 'unsupported_media_type', detail: `The body must be sent as ${accept}.` },
    ]);
  });

  it('is a 415 with Accept-Encoding if it is compressed', async () => {
    const response = await send('/bytes', { body: 'x', headers: { 'content-encoding': 'GZIP' } });
    expect([response.status, response.header('accept-encoding')]).toEqual([415, 'identity']);
    const plain = await send('/bytes', { body: 'x', headers: { 'content-encoding': 'Identity' } });
    expect(plain.status).toBe(200);
  });

  it.each(['/small', '/unread'])(
    'is a 413 and closes the connection if it is over the limit: %s',
    async (url) => {
      const response = await send(url, { body: 'fives' });
      expect([response.status, response.header('connection'), response.json()]).toMatchObject([
        413,
        'close',
        { code: 'content_too_large', detail: 'The body is too large; the limit is 4 bytes.' },
      ]);
    },
  );

  it.each(['/json', '/text', '/form'])('is never echoed: %s', async (url) => {
    for (const contentType of ['application/json', 'text/secret', 'application/x-www-form-urlencoded']) {
      const bytes = Buffer.concat([Buffer.from('{"secret":%zz'), Buffer.from([0xff])]);
      const response = await send(url, { body: bytes, headers: type(contentType) });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.text()).not.toContain('secret');
    }
  });
});
