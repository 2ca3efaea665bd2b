import { createApp, text, type AppOptions, type Context, type Next } from '@sluice/core';
import { Site } from './site';
import { staticFiles, type StaticOptions } from '../src';

const FILES = {
  'index.html': '<title>home</title>',
  'app.js': 'console.log(1)',
  'docs/index.html': '<title>docs</title>',
  'docs/guide.txt': 'guide',
  'a b/ä+[1].txt': 'odd',
  'empty/only.txt': 'only',
  'nothing.css': '',
  LICENSE: 'MIT',
  html: '<script>',
  '.env': 'SECRET=1',
  '.git/config': 'x',
  '.well-known/security.txt': 'Contact: a@b.example',
};
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let site: Site;
beforeEach(() => (site = new Site(FILES)));
afterEach(() => site[Symbol.dispose]());

const start = (options: Partial<StaticOptions> = {}, rest: AppOptions = {}) =>
  createApp({ middleware: [staticFiles({ root: site.root, ...options })], development: false, ...rest });

const get = async (url: string, options?: Partial<StaticOptions>, headers = {}) =>
  (await start(options)).inject({ url, headers });

describe('a file', () => {
  it('has its type, its length, tags and dates, and cannot be taken for another type', async () => {
    const response = await get('/app.js');
    expect([response.status, response.text()]).toEqual([200, 'console.log(1)']);
    expect(response.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': '14',
      etag: expect.stringMatching(/^"[0-9a-f]+-[0-9a-f]+"$/),
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'accept-ranges': 'bytes',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    expect(response.header('vary')).toBeUndefined();
  });

  it.each([
    ['/LICENSE', 'MIT'],
    ['/html', '<script>'],
  ])('%s without an extension is application/octet-stream', async (url, text) => {
    const response = await get(url);
    expect([response.text(), response.header('content-type')]).toEqual([text, 'application/octet-stream']);
  });

  it('may be empty, and have a name that must be encoded', async () => {
    const empty = await get('/nothing.css');
    expect([empty.status, empty.header('content-length'), empty.text()]).toEqual([200, '0', '']);
    expect((await get('/a%20b/%C3%A4+%5B1%5D.txt')).text()).toBe('odd');
  });

  it.each([true, false])('has the same head for HEAD, from memory or not (%s)', async (isKept) => {
    const app = await start(isKept ? {} : { memory: 0 });
    for (let time = 0; time < 2; time += 1) {
      const [head, whole] = [
        await app.inject({ method: 'HEAD', url: '/app.js' }),
        await app.inject({ url: '/app.js' }),
      ];
      expect([head.status, head.text(), head.header('content-length')]).toEqual([200, '', '14']);
      expect(head.headers).toEqual(whole.headers);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])(
    'is not for %s: 405 with Allow (RFC 9110 §15.5.6)',
    async (method) => {
      const app = await start();
      const refused = await app.inject({ method, url: '/app.js' });
      expect([refused.status, refused.header('allow')]).toEqual([405, 'GET, HEAD']);
      expect((await app.inject({ method, url: '/missing.js' })).status).toBe(404);
    },
  );

  it('answers OPTIONS with its methods', async () => {
    const response = await (await start()).inject({ method: 'OPTIONS', url: '/app.js' });
    expect([response.status, response.header('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('is below the prefix only', async () => {
    const app = await start({ prefix: '/assets' });
    const status = async (url: string) => (await app.inject({ url })).status;
    expect(await status('/assets/app.js')).toBe(200);
    expect(await status('/assets/')).toBe(200);
    for (const url of ['/app.js', '/assetsapp.js', '/assets', '/assets.js', '/x/assets/app.js'])
      expect([url, await status(url)]).toEqual([url, 404]);
  });
});

describe('a path without a file', () => {
  it.each(['/missing.js', '/app.js/', '/app.js/x', '/docs/missing', `/${'a'.repeat(300)}`])(
    '%s is answered as without files',
    async (url) => {
      const response = await get(url);
      expect([response.status, response.header('content-type')]).toEqual([404, 'application/problem+json']);
    },
  );

  it('a route wins over a file, and a middleware further in still runs for other paths', async () => {
    const seen: string[] = [];
    const watch = ({ request }: Context, next: Next) => (seen.push(request.path), next());
    const app = await start(
      {},
      {
        middleware: [staticFiles({ root: site.root }), watch],
        routes: [{ method: 'GET', path: '/app.js', handler: () => 'route' }],
      },
    );
    expect((await app.inject({ url: '/app.js' })).text()).toBe('route');
    expect((await app.inject({ url: '/docs/guide.txt' })).text()).toBe('guide');
    expect((await app.inject({ url: '/missing' })).status).toBe(404);
    expect(seen).toEqual(['/app.js', '/missing']);
  });

  it('serves on a route for the rest of a path, inside its guard', async () => {
    const files = staticFiles({ root: site.root, prefix: '/private' });
    const guard = ({ request }: Context, next: Next) =>
      request.header('authorization') === undefined ? text('who?', { status: 401 }) : next();
    const app = await createApp({
      routes: [{ method: 'GET', path: '/private/*', middleware: [guard, files], handler: () => 'none' }],
    });
    const authorization = 'yes';
    expect((await app.inject({ url: '/private/app.js' })).text()).toBe('who?');
    expect((await app.inject({ url: '/private/app.js', headers: { authorization } })).text()).toBe(
      'console.log(1)',
    );
    expect((await app.inject({ url: '/private/no.js', headers: { authorization } })).text()).toBe('none');
  });
});

describe('a folder', () => {
  it.each([
    ['/', 'home'],
    ['/docs/', 'docs'],
  ])('%s is its index', async (url, title) => {
    expect((await get(url)).text()).toBe(`<title>${title}</title>`);
  });

  it('without a slash is redirected, relatively, with the query', async () => {
    const response = await get('/docs?a=1&b=//evil.example');
    expect([response.status, response.header('location')]).toEqual([308, './docs/?a=1&b=//evil.example']);
  });

  it('without an index is not listed', async () => {
    for (const url of ['/empty', '/empty/', '/a%20b/'])
      expect([url, (await get(url)).status]).toEqual([url, 404]);
    expect((await get('/docs/', { index: false })).status).toBe(404);
    expect((await get('/docs/', { index: 'guide.txt' })).text()).toBe('guide');
  });

  it.each(['//evil.example', '//evil.example/', '/\\evil.example', '//docs', '/%2Fdocs', '///docs/..'])(
    '%s does not redirect to another host (CVE-2024-43799)',
    async (url) => {
      const response = await get(url);
      expect([response.status, response.header('location')]).toEqual([404, undefined]);
    },
  );
});

describe('the page of a single-page application', () => {
  const ask = (url: string, headers: Record<string, string> = PAGE) =>
    get(url, { fallback: 'index.html', maxAge: 60 }, headers);

  it('answers a browser that opens a path', async () => {
    for (const url of ['/users/7', '/users/', '/item/urn:isbn:1', '/empty/']) {
      const response = await ask(url);
      expect([url, response.status, response.text()]).toEqual([url, 200, '<title>home</title>']);
      expect([response.header('vary'), response.header('cache-control')]).toEqual(['Accept', 'no-cache']);
    }
  });

  it('does not answer scripts, missing assets and other methods', async () => {
    const none = { accept: '*/*' };
    for (const [url, headers] of [
      ['/users/7', none],
      ['/users/7', { accept: 'text/html;q=0' }],
      ['/users/7', {}],
      ['/assets/gone.js', PAGE],
    ] as const)
      expect([url, (await ask(url, headers)).status]).toEqual([url, 404]);
    const app = await start({ fallback: 'index.html' });
    expect((await app.inject({ method: 'POST', url: '/users/7', headers: PAGE })).status).toBe(404);
    expect((await app.inject({ method: 'HEAD', url: '/users/7', headers: PAGE })).status).toBe(200);
  });
});

describe('how long files are kept elsewhere', () => {
  it('follows maxAge, and a year for immutable ones', async () => {
    const options = { maxAge: 60, immutable: /^docs\// };
    expect((await get('/app.js', options)).header('cache-control')).toBe('max-age=60');
    expect((await get('/docs/guide.txt', options)).header('cache-control')).toBe(
      'max-age=31536000, immutable',
    );
  });

  it('is not at all in development, and each request reads the file', async () => {
    const app = await start({ immutable: /./ }, { development: true });
    expect((await app.inject({ url: '/app.js' })).header('cache-control')).toBe('no-store');
    site.write('app.js', 'console.log(2)');
    expect((await app.inject({ url: '/app.js' })).text()).toBe('console.log(2)');
  });
});

describe('precompressed files', () => {
  const options: Partial<StaticOptions> = { precompressed: ['zstd', 'br', 'gzip'] };
  beforeEach(() => {
    site.write('app.js.br', 'BR');
    site.write('app.js.gz', 'GZIP');
    site.write('docs/guide.txt.zst', 'ZSTD');
  });

  it.each([
    ['/app.js', 'gzip, deflate, br, zstd', 'br', 'BR'],
    ['/app.js', 'gzip', 'gzip', 'GZIP'],
    ['/app.js', 'x-gzip', 'gzip', 'GZIP'],
    ['/app.js', 'br;q=0.5, gzip', 'gzip', 'GZIP'],
    ['/app.js', '*', 'br', 'BR'],
    ['/app.js', 'br;q=0, *', 'gzip', 'GZIP'],
    ['/app.js', 'br;q=0.1, identity', undefined, 'console.log(1)'],
    ['/app.js', '', undefined, 'console.log(1)'],
    ['/app.js', 'identity;q=0, deflate', undefined, 'console.log(1)'],
    ['/docs/guide.txt', 'zstd', 'zstd', 'ZSTD'],
    ['/docs/guide.txt', 'br', undefined, 'guide'],
  ])('%s for Accept-Encoding "%s" is %s', async (url, accepted, coding, text) => {
    const response = await get(url, options, { 'accept-encoding': accepted });
    expect([response.header('content-encoding'), response.text()]).toEqual([coding, text]);
    expect(response.header('vary')).toBe('Accept-Encoding');
    expect(response.header('content-length')).toBe(String(text.length));
    expect(response.header('content-type')).toMatch(/^text\/(javascript|plain); charset=utf-8$/);
  });

  it('have tags of their own (RFC 9110 §8.8.3)', async () => {
    const app = await start(options);
    const tag = async (accepted: string) =>
      (await app.inject({ url: '/app.js', headers: { 'accept-encoding': accepted } })).header('etag')!;
    const tags = [await tag('br'), await tag('gzip'), await tag('identity')];
    expect(new Set(tags).size).toBe(3);
    const again = await app.inject({
      url: '/app.js',
      headers: { 'accept-encoding': 'br', 'if-none-match': tags[0]! },
    });
    expect([
      again.status,
      again.header('content-encoding'),
      again.header('vary'),
      again.header('etag'),
    ]).toEqual([304, undefined, 'Accept-Encoding', tags[0]]);
    const other = await app.inject({
      url: '/app.js',
      headers: { 'accept-encoding': 'gzip', 'if-none-match': tags[0]! },
    });
    expect(other.status).toBe(200);
  });

  it('have ranges of their own bytes', async () => {
    const headers = { 'accept-encoding': 'gzip', range: 'bytes=1-2' };
    const response = await get('/app.js', options, headers);
    expect([response.status, response.text(), response.header('content-range')]).toEqual([
      206,
      'ZI',
      'bytes 1-2/4',
    ]);
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it('are not looked for unless they are asked for', async () => {
    const response = await get('/app.js', {}, { 'accept-encoding': 'br' });
    expect([response.header('content-encoding'), response.header('vary')]).toEqual([undefined, undefined]);
  });
});

describe.each([
  ['from memory', {}],
  ['from the disk', { memory: 0 }],
])('a part of a file %s', (_, options) => {
  const ask = (headers: Record<string, string>, method = 'GET') =>
    start(options).then((app) => app.inject({ method, url: '/app.js', headers }));

  it.each([
    ['bytes=0-6', 206, 'bytes 0-6/14', 'console'],
    ['bytes=8-', 206, 'bytes 8-13/14', 'log(1)'],
    ['bytes=-3', 206, 'bytes 11-13/14', '(1)'],
    ['bytes=-99', 206, 'bytes 0-13/14', 'console.log(1)'],
    ['bytes=8-99', 206, 'bytes 8-13/14', 'log(1)'],
    ['bytes=14-', 416, 'bytes */14', undefined],
    ['bytes=-0', 416, 'bytes */14', undefined],
    ['bytes=5-4', 200, undefined, 'console.log(1)'],
    ['lines=1-2', 200, undefined, 'console.log(1)'],
    ['bytes=0-1,3-4', 200, undefined, 'console.log(1)'],
  ])('%s is a %i (RFC 9110 §14)', async (range, status, contentRange, text) => {
    const response = await ask({ range });
    expect([response.status, response.header('content-range')]).toEqual([status, contentRange]);
    if (text === undefined) return;
    expect([response.text(), response.header('content-length')]).toEqual([text, String(text.length)]);
  });

  it('is the whole for thousands of ranges (CVE-2025-62727)', async () => {
    const response = await ask({ range: `bytes=${'0-,'.repeat(2000)}0-` });
    expect([response.status, response.text()]).toEqual([200, 'console.log(1)']);
  });

  it('is not for HEAD, and only for the same state (§14.2, §13.1.5)', async () => {
    const whole = await ask({});
    const tag = whole.header('etag')!;
    expect((await ask({ range: 'bytes=0-1' }, 'HEAD')).status).toBe(200);
    for (const [value, status] of [
      [tag, 206],
      [whole.header('last-modified')!, 206],
      [`W/${tag}`, 200],
      ['"other"', 200],
    ] as const)
      expect([value, (await ask({ range: 'bytes=0-1', 'if-range': value })).status]).toEqual([value, status]);
  });

  it('and conditions: 304, 412 (§13)', async () => {
    const tag = (await ask({})).header('etag')!;
    for (const [headers, status] of [
      [{ 'if-none-match': tag }, 304],
      [{ 'if-none-match': '"x"' }, 200],
      [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 304],
      [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 200],
      [{ 'if-match': tag }, 200],
      [{ 'if-match': '"x"' }, 412],
      [{ 'if-unmodified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 412],
    ] as const)
      expect([headers, (await ask(headers as never)).status]).toEqual([headers, status]);
  });
});

describe('options of staticFiles', () => {
  it.each([
    [{}, 'OPTION_MISSING'],
    [{ root: '/nowhere/at/all' }, 'OPTION_INVALID'],
    [{ root: __filename }, 'OPTION_INVALID'],
    [{ root: '.', prefix: 'assets' }, 'OPTION_INVALID'],
    [{ root: '.', prefix: '/assets/' }, 'OPTION_INVALID'],
    [{ root: '.', prefix: '/../a' }, 'OPTION_INVALID'],
    [{ root: '.', index: 'a/b.html' }, 'OPTION_INVALID'],
    [{ root: '.', fallback: '../index.html' }, 'OPTION_INVALID'],
    [{ root: '.', maxAge: -1 }, 'OPTION_INVALID'],
    [{ root: '.', immutable: 'assets' }, 'OPTION_INVALID'],
    [{ root: '.', immutable: /a/g }, 'OPTION_INVALID'],
    [{ root: '.', precompressed: ['deflate'] }, 'OPTION_INVALID'],
    [{ root: '.', precompressed: ['br', 'br'] }, 'OPTION_INVALID'],
    [{ root: '.', memory: -1 }, 'OPTION_INVALID'],
    [{ root: '.', dotfiles: 'allow' }, 'OPTION_UNKNOWN'],
  ])('refuse %j at start-up', (options, code) => {
    expect(() => staticFiles(options as never)).toThrow(code);
  });
});
