import { createApp, type AppOptions, type Middleware, type PlainRoute } from '@sluice/core';
import { openapiScalar } from '@sluice/openapi-scalar';
import { swaggerUi } from '@sluice/swagger-ui';
import { makeOpenApi, openapi } from '../../src';
import type { PageOptions } from '../../src/page';
import { INFO } from '../read-document';

interface TestedPage {
  readonly factory: string;
  readonly make: (options?: PageOptions) => PlainRoute[];
  readonly path: string;
  /** The address of a file of its program. */
  readonly file: RegExp;
  readonly type: string;
  /** The largest file that is compressed. */
  readonly bytes: number;
}

/** Each package that is made of these parts. */
const PAGES: readonly TestedPage[] = [
  {
    factory: 'swaggerUi',
    make: swaggerUi,
    path: '/docs',
    file: /docs\/swagger-ui\.\w+\.css/,
    type: 'text/css; charset=utf-8',
    bytes: 100_000,
  },
  {
    factory: 'openapiScalar',
    make: openapiScalar,
    path: '/reference',
    file: /reference\/standalone\.\w+\.js/,
    type: 'text/javascript; charset=utf-8',
    bytes: 2_000_000,
  },
];

const NOTES = { method: 'GET', path: '/notes', name: 'list', handler: () => [] } as const;

describe.each(PAGES)('the page of $factory', ({ factory, make, path, file, type, bytes }) => {
  const DOCUMENTED: AppOptions = { routes: [NOTES, ...openapi({ info: INFO }), ...make()] };

  async function ask(url: string, headers: Record<string, string> = {}, options = DOCUMENTED) {
    const app = await createApp(options);
    return app.inject({ url, headers });
  }

  async function findFile(): Promise<string> {
    return `/${file.exec((await ask(path)).text())![0]}`;
  }

  it('and its files are in the plan, and not in the document', async () => {
    const { plan } = await createApp(DOCUMENTED);
    expect(plan.routes.slice(3).map(({ info }) => [info.path, info.name])).toEqual([
      [path, `${factory}.page`],
      [`${path}/:file`, `${factory}.file`],
    ]);
    expect(Object.keys(makeOpenApi(plan, { info: INFO }).paths)).toEqual(['/notes']);
  });

  it('has relative addresses that exist, and no script or style of its own', async () => {
    const page = await ask(path);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
    });
    expect(page.text()).not.toMatch(/<script>|style=|https?:/);
    const addresses = [...page.text().matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, one]) => one!);
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses)
      expect([address, (await ask(`/${address}`)).status]).toEqual([address, 200]);
  });

  it('writes the title as text', async () => {
    const options = { routes: [...openapi({ info: INFO }), ...make({ title: '</title><script>' })] };
    expect((await ask(path, {}, options)).text()).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  it('answers 304 to a browser that has it, and 404 for a file that it does not have', async () => {
    const { etag } = (await ask(path)).headers;
    expect((await ask(path, { 'If-None-Match': String(etag) })).status).toBe(304);
    expect((await ask(`${path}/pinned.json`)).status).toBe(404);
    expect((await ask(`${path}/..%2fpackage.json`)).status).toBe(404);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, br;q=0.5', 'gzip'],
    ['gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0', undefined],
    ['zstd', undefined],
    ['', undefined],
  ])('sends a file to a client with Accept-Encoding: %s as %s, for a year', async (accepted, coding) => {
    const sent = await ask(await findFile(), { 'Accept-Encoding': accepted });
    expect(sent.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(sent.headers['content-encoding']).toBe(coding);
    expect(sent.body.length > bytes).toBe(coding === undefined);
  });

  it('gives the forms of a file tags of their own, and answers 304', async () => {
    const url = await findFile();
    const codings = ['br', 'gzip', 'identity'];
    const tags = await Promise.all(
      codings.map(async (coding) => (await ask(url, { 'Accept-Encoding': coding })).headers['etag']),
    );
    expect(new Set(tags).size).toBe(3);
    const again = await ask(url, { 'Accept-Encoding': 'br', 'If-None-Match': String(tags[0]) });
    expect([again.status, again.headers['content-encoding']]).toEqual([304, undefined]);
  });

  it('runs the middleware around itself and every file, and skips the middleware that is named', async () => {
    const staffOnly = { name: 'staffOnly', handle: () => 'not staff' };
    const guarded = { routes: [NOTES, ...openapi({ info: INFO }), ...make({ middleware: [staffOnly] })] };
    expect((await ask('/notes', {}, guarded)).text()).toBe('[]');
    for (const url of [path, `${path}/init.js`, `${path}/nothing`])
      expect((await ask(url, {}, guarded)).text()).toBe('not staff');
    const closed: Middleware = { name: 'closed', handle: () => 'closed' };
    const routes = [...openapi({ info: INFO }), ...make({ skipMiddleware: ['closed'] })];
    const options = { middleware: [closed], routes };
    expect((await ask(path, {}, options)).text()).toContain('<title>Notes</title>');
    expect((await ask('/openapi.json', {}, options)).text()).toBe('closed');
  });

  it('names the document beside it without JavaScript, wherever both are', async () => {
    const routes = [
      ...openapi({ info: INFO, path: '/v2/api' }),
      ...make({ path: '/help/page', document: '/v2/api' }),
    ];
    expect((await ask('/help/page', {}, { routes })).text()).toContain('<a href="../v2/api.json">');
    expect((await ask('/help/page/init.js', {}, { routes })).text()).toContain('new URL("../../v2/api.json"');
  });

  it('shows each of several documents at an address of its own', async () => {
    const routes = ['1', '2'].flatMap((version) => [
      ...openapi({ info: { title: `Notes ${version}`, version }, path: `/openapi-${version}` }),
      ...make({ path: `/page-${version}`, document: `/openapi-${version}` }),
    ]);
    expect((await ask('/page-1', {}, { routes })).text()).toContain('<title>Notes 1</title>');
    expect((await ask('/page-2', {}, { routes })).text()).toContain('<title>Notes 2</title>');
  });

  it('shows the document of its own application, where a mounted one has the same paths', async () => {
    const outer = await createApp(DOCUMENTED);
    const info = { title: 'Admin', version: '1' };
    outer.mount('/admin', await createApp({ routes: [...openapi({ info }), ...make()] }));
    expect((await outer.inject({ url: path })).text()).toContain('<title>Notes</title>');
    expect((await outer.inject({ url: `/admin${path}` })).text()).toContain('<title>Admin</title>');
  });

  it('allows requests to the other servers of the document, and no text of it gets into the policy', async () => {
    const findPolicy = async (...urls: string[]) => {
      const servers = urls.map((url) => ({ url }));
      const routes = [NOTES, ...openapi({ info: INFO, servers }), ...make()];
      return (await ask(path, {}, { routes })).headers['content-security-policy'];
    };
    expect(
      await findPolicy('https://api.example.com/v1', 'https://{tenant}.example.com:{port}', '/here'),
    ).toContain("connect-src 'self' https://*.example.com:* https://api.example.com;");
    expect(
      await findPolicy('https://v1.{region}-api.example.com:8443', '//{api-host}.example.org'),
    ).toContain("connect-src 'self' *.example.org https://*.example.com:8443;");
    expect(
      await findPolicy("https://x;script-src 'unsafe-inline'", 'https://{everything}', 'https://{a}:1'),
    ).toContain("connect-src 'self';");
  });

  it.each<[string, object, string]>([
    ['an unknown option', { paths: '/page' }, 'OPTION_UNKNOWN'],
    ['a path with a parameter', { path: '/page/:id' }, 'OPTION_INVALID'],
    ['the root', { path: '/' }, 'OPTION_INVALID'],
    ['a title without text', { title: '' }, 'OPTION_INVALID'],
    ['a single middleware', { middleware: () => 1 }, 'OPTION_INVALID'],
  ])('refuses %s', (_, options, code) => {
    expect(() => make(options)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
    );
  });

  it('refuses to start without its document, and names those that are there', async () => {
    await expect(createApp({ routes: make() })).rejects.toMatchObject({
      problems: [
        {
          code: 'OPTION_INVALID',
          place: `${factory}()`,
          fault: 'document names a document that the application does not have: there is no /openapi.json.',
          cure: 'Add ...openapi({ info }) of @sluice/openapi to the routes.',
        },
      ],
    });
    const routes = [...openapi({ info: INFO, path: '/api' }), ...make()];
    await expect(createApp({ routes })).rejects.toMatchObject({
      problems: [{ cure: "Name one that is there: '/api'." }],
    });
    const start = async (except: string[], document?: string) => {
      const page = make(document === undefined ? {} : { document });
      const app = await createApp({
        routes: [...openapi({ info: INFO }), ...page],
        prefix: { path: '/v1', except },
      });
      return (await app.inject({ url: except[0]! })).text();
    };
    await expect(start([path, `${path}/*`])).rejects.toMatchObject({
      problems: [{ cure: "Name one that is there: '/v1/openapi'." }],
    });
    expect(await start([path, `${path}/*`], '/v1/openapi')).toContain('href="v1/openapi.json"');
    await expect(start(['/openapi.json', '/openapi.yaml'])).rejects.toMatchObject({
      problems: [{ cure: 'Put the page and the document below the same prefix: there is /openapi.json.' }],
    });
  });
});
