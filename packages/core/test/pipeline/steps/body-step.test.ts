import { IsInt } from 'class-validator';
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

const name = (body: unknown) => ({ body: body === undefined ? 'undefined' : 'sent' });

class Settings {
  @IsInt() size!: number;
}

@Controller('/optional')
class OptionalBodies {
  @Post('/json') json(@Body('json', { required: false, validate: false }) body?: object) {
    return name(body);
  }
  @Post('/text') text(@Body('text', { required: false }) body?: string) {
    return name(body);
  }
  @Post('/bytes') bytes(@Body('bytes', { required: false }) body?: Uint8Array) {
    return name(body);
  }
  @Post('/string') string(@Body({ required: false }) body?: string) {
    return name(body);
  }
  @Post('/form') form(@Body('form', { required: false }) body?: Settings) {
    return name(body);
  }
  @Post('/each') each(@Body({ each: Settings, required: false }) body?: Settings[]) {
    return name(body);
  }
  @Post('/named') named(@Body(Settings, { required: false }) body: Settings | undefined) {
    return name(body);
  }
  @Post('/needed') needed(@Body({ required: true }) body: Settings) {
    return name(body);
  }
}

async function send(url: string, request: Partial<InjectRequest>) {
  const app = await createApp({
    controllers: [Bodies, OptionalBodies],
    development: false,
    logger: makeLogger(),
  });
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

  it.each(['json', 'text', 'bytes', 'string', 'form', 'each', 'named'])(
    'of %s is undefined if it is optional and empty',
    async (name) => {
      const response = await send(`/optional/${name}`, {});
      expect([response.status, response.json()]).toEqual([200, { body: 'undefined' }]);
    },
  );

  it.each([
    ['/optional/needed', ''],
    ['/optional/named', ' '],
    ['/optional/json', '\n'],
  ])('of %s is not optional if it is %j', async (url, body) => {
    const response = await send(url, { body, headers: type('application/json') });
    expect(response.status).toBe(400);
  });

  it('is not empty if it is null', async () => {
    const response = await send('/optional/named', { body: 'null', headers: type('application/json') });
    expect(response.status).toBe(422);
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

  const latin1 = Buffer.from('café', 'latin1');
  it.each<[string, Uint8Array | string, string]>([
    ['text/plain; charset=iso-8859-1', latin1, 'café'],
    ['text/plain;charset="ISO-8859-1"', latin1, 'café'],
    ['text/plain; charset=latin1; format=flowed;', latin1, 'café'],
    ['text/plain; ; charset=utf-8 ;', 'café', 'café'],
    ['text/plain; charset=us-ascii', 'café', 'café'],
    ['text/plain; charset=utf-16le', Buffer.from('\ufeffcafé', 'utf16le'), 'café'],
    ['text/plain; charset=utf-16', Buffer.from('\ufeffcafé', 'utf16le').swap16(), 'café'],
    ['text/csv; charset=shift_jis', new Uint8Array([0x83, 0x65]), 'テ'],
    ['text/plain; charset=', 'café', 'café'],
  ])('of text is decoded as its charset says: %s', async (contentType, body, text) => {
    const response = await send('/text', { body, headers: type(contentType) });
    expect([response.status, response.json()]).toEqual([200, { body: text }]);
  });

  it.each([
    ['/text', 'text/plain; charset=klingon'],
    ['/text', 'text/plain; charset=iso-2022-cn'],
    ['/text', 'text/plain; charset=utf-8; charset=iso-8859-1'],
    ['/text', 'text/plain; charset="utf-8'],
    ['/json', 'application/json; charset=klingon'],
    ['/json', 'application/json; charset=utf-16'],
    ['/form', 'application/x-www-form-urlencoded; charset=iso-8859-1'],
  ])('of %s is a 415 if its charset is not supported: %s', async (url, contentType) => {
    const response = await send(url, { body: '1', headers: type(contentType) });
    expect([response.status, response.text()]).toEqual([415, expect.stringMatching(/charset/)]);
    expect(response.text()).not.toContain('klingon');
  });

  it.each([
    'application/json; charset=UTF-8',
    'application/json;',
    'application/json; charset=us-ascii; v=1',
  ])('of JSON is UTF-8: %s', async (contentType) => {
    const response = await send('/json', { body: '"é"', headers: type(contentType) });
    expect(response.json()).toEqual({ body: 'é' });
  });

  it('is a 400 if it does not fit its charset', async () => {
    const body = new Uint8Array([0x61, 0xd8, 0x00]);
    const response = await send('/text', { body, headers: type('text/plain; charset=utf-16be') });
    expect([response.status, response.json()]).toMatchObject([400, { code: 'body_encoding' }]);
  });

  it('follows the charset of each request', async () => {
    const app = await createApp({ controllers: [Bodies] });
    const read = async (contentType: string, body: Uint8Array | string): Promise<unknown> => {
      const headers = type(contentType);
      const response = await app.inject({ method: 'POST', url: '/text', headers, body });
      return response.status === 200 ? response.json() : response.status;
    };
    const [known, alien] = ['text/plain; charset=latin1', 'text/plain; charset=klingon'];
    expect(await read(known, latin1)).toEqual({ body: 'café' });
    expect(await read('text/plain', 'café')).toEqual({ body: 'café' });
    expect(await read(alien, 'a')).toBe(415);
    expect(await read(known, latin1)).toEqual({ body: 'café' });
  });

  it('is a 415 with Accept-Encoding if it is compressed', async () => {
    const response = await send('/bytes', { body: 'x', headers: { 'content-encoding': 'GZIP' } });
    expect([response.status, response.header('accept-encoding')]).toEqual([415, 'identity']);
    for (const coding of ['Identity', 'identity,', ', identity ,, identity', '']) {
      const plain = await send('/bytes', { body: 'x', headers: { 'content-encoding': coding } });
      expect(plain.status).toBe(200);
    }
    for (const coding of ['identity, gzip', ',gzip', 'identityidentity']) {
      const coded = await send('/bytes', { body: 'x', headers: { 'content-encoding': coding } });
      expect(coded.status).toBe(415);
    }
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
