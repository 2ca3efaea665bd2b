import { createApp, printPlan, type AppOptions, type Middleware } from '@sluice/core';
import { makeOpenApi, openapi } from '@sluice/openapi';
import { swaggerUi } from '../src';

const INFO = { title: 'Notes', version: '1.0.0' };
const NOTES = { method: 'GET', path: '/notes', name: 'list', handler: () => [] } as const;
const DOCUMENTED = { routes: [NOTES, ...openapi({ info: INFO }), ...swaggerUi()] };
const GUARDED: AppOptions = {
  routes: [
    NOTES,
    ...openapi({ info: INFO }),
    ...swaggerUi({ middleware: [{ name: 'staffOnly', handle: () => 'not staff' }] }),
  ],
};

async function ask(url: string, headers: Record<string, string> = {}, options: AppOptions = DOCUMENTED) {
  const app = await createApp(options);
  return app.inject({ url, headers });
}

/** The address of a file, as the page has it. */
async function findFile(name: RegExp): Promise<string> {
  const page = await ask('/docs');
  return `/${name.exec(page.text())![0]}`;
}

describe('swaggerUi', () => {
  it('adds the page and its files to the plan, and nothing to the document', async () => {
    const { plan } = await createApp(DOCUMENTED);
    expect(printPlan(plan)).toBe(`GET  /notes         list            list
GET  /openapi.json  openapi.json    openapi.json
GET  /openapi.yaml  openapi.yaml    openapi.yaml
GET  /docs          swaggerUi.page  swaggerUi.page
GET  /docs/:file    swaggerUi.file  swaggerUi.file
*    /*             fallback`);
    expect(Object.keys(makeOpenApi(plan, { info: INFO }).paths)).toEqual(['/notes']);
  });

  it('serves a page with a strict policy, whose addresses are relative and exist', async () => {
    const page = await ask('/docs');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin-allow-popups',
    });
    expect(page.text()).not.toMatch(/<script>|style=|https?:/);
    const addresses = [...page.text().matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses).toHaveLength(6);
    for (const address of addresses) expect((await ask(`/${address}`)).status).toBe(200);
  });

  it('writes the title as text', async () => {
    const options = { routes: [...openapi({ info: INFO }), ...swaggerUi({ title: '</title><script>' })] };
    expect((await ask('/docs', {}, options)).text()).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  it('answers 304 to a browser that has the page, and 404 for a file that it does not have', async () => {
    const { etag } = (await ask('/docs')).headers;
    expect((await ask('/docs', { 'If-None-Match': String(etag) })).status).toBe(304);
    expect((await ask('/docs/pinned.json')).status).toBe(404);
    expect((await ask('/docs/..%2fpackage.json')).status).toBe(404);
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
    const file = await ask(await findFile(/docs\/swagger-ui\.\w+\.css/), { 'Accept-Encoding': accepted });
    expect(file.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(file.headers['content-encoding']).toBe(coding);
    expect(file.body.length > 100_000).toBe(coding === undefined);
  });

  it('gives the forms of a file tags of their own, and answers 304', async () => {
    const url = await findFile(/docs\/swagger-ui\.\w+\.css/);
    const codings = ['br', 'gzip', 'identity'];
    const tags = await Promise.all(
      codings.map(async (coding) => (await ask(url, { 'Accept-Encoding': coding })).headers['etag']),
    );
    expect(new Set(tags).size).toBe(3);
    const again = await ask(url, { 'Accept-Encoding': 'br', 'If-None-Match': String(tags[0]) });
    expect([again.status, again.headers['content-encoding']]).toEqual([304, undefined]);
  });

  it('runs the middleware around the page and every file, and skips the middleware that is named', async () => {
    for (const url of ['/docs', '/docs/init.js', '/docs/nothing'])
      expect((await ask(url, {}, GUARDED)).text()).toBe('not staff');
    const closed: Middleware = { name: 'closed', handle: () => 'closed' };
    const routes = [...openapi({ info: INFO }), ...swaggerUi({ skipMiddleware: ['closed'] })];
    const options = { middleware: [closed], routes };
    expect((await ask('/docs', {}, options)).text()).toContain('<title>Notes</title>');
    expect((await ask('/openapi.json', {}, options)).text()).toBe('closed');
  });

  it('starts Swagger UI with the document beside it, the settings and a public client', async () => {
    const routes = [
      ...openapi({ info: INFO, path: '/v2/api' }),
      ...swaggerUi({
        path: '/help/page',
        document: '/v2/api',
        settings: { docExpansion: 'none', persistAuthorization: true },
        oauth: { clientId: 'docs', scopes: ['read'], parameters: { audience: 'notes' } },
      }),
    ];
    const script = (await ask('/help/page/init.js', {}, { routes })).text();
    expect(script).toContain('new URL("../../v2/api.json", own)');
    expect(script).toContain('"docExpansion":"none","persistAuthorization":true');
    expect(script).toContain('"validatorUrl":null');
    expect(script).toContain('"additionalQueryStringParams":{"audience":"notes"}');
    expect((await ask('/help/page', {}, { routes })).text()).toContain('<a href="../v2/api.json">');
  });

  it('shows each of several documents on a page of its own', async () => {
    const routes = ['1', '2'].flatMap((version) => [
      ...openapi({ info: { title: `Notes ${version}`, version }, path: `/openapi-${version}` }),
      ...swaggerUi({ path: `/docs-${version}`, document: `/openapi-${version}` }),
    ]);
    expect((await ask('/docs-1', {}, { routes })).text()).toContain('<title>Notes 1</title>');
    expect((await ask('/docs-2', {}, { routes })).text()).toContain('<title>Notes 2</title>');
  });

  it('shows the document of its own application, where a mounted one has the same paths', async () => {
    const outer = await createApp(DOCUMENTED);
    const info = { title: 'Admin', version: '1' };
    outer.mount('/admin', await createApp({ routes: [...openapi({ info }), ...swaggerUi()] }));
    expect((await outer.inject({ url: '/docs' })).text()).toContain('<title>Notes</title>');
    expect((await outer.inject({ url: '/admin/docs' })).text()).toContain('<title>Admin</title>');
  });

  it('allows requests to the other servers of the document', async () => {
    const servers = ['https://api.example.com/v1', 'https://{tenant}.example.com:{port}', '/here'].map(
      (url) => ({ url }),
    );
    const routes = [NOTES, ...openapi({ info: INFO, servers }), ...swaggerUi()];
    expect((await ask('/docs', {}, { routes })).headers['content-security-policy']).toContain(
      "connect-src 'self' https://*.example.com:* https://api.example.com;",
    );
  });

  it('lets no text of a document into its policy', async () => {
    const servers = [{ url: "https://x;script-src 'unsafe-inline'" }, { url: 'https://{everything}' }];
    const routes = [NOTES, ...openapi({ info: INFO, servers }), ...swaggerUi()];
    expect((await ask('/docs', {}, { routes })).headers['content-security-policy']).toContain(
      "connect-src 'self';",
    );
  });
});

describe('the mistakes of swaggerUi', () => {
  it.each<[string, () => unknown, string]>([
    ['an unknown option', () => swaggerUi({ paths: '/docs' } as object), 'OPTION_UNKNOWN'],
    ['a path with a parameter', () => swaggerUi({ path: '/docs/:id' }), 'OPTION_INVALID'],
    ['the root', () => swaggerUi({ path: '/' }), 'OPTION_INVALID'],
    [
      'an unknown setting',
      () => swaggerUi({ settings: { validatorUrl: 'https://x' } as object }),
      'OPTION_UNKNOWN',
    ],
    ['a wrong setting', () => swaggerUi({ settings: { docExpansion: 'all' as 'full' } }), 'OPTION_INVALID'],
    ['a client without id', () => swaggerUi({ oauth: {} as { clientId: string } }), 'OPTION_MISSING'],
    [
      'the secret of a client',
      () => swaggerUi({ oauth: { clientId: 'x', clientSecret: 'y' } as { clientId: string } }),
      'OPTION_UNKNOWN',
    ],
  ])('refuses %s', (_, make, code) => {
    expect(make).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ code })] }));
  });

  it('refuses to start without a document', async () => {
    await expect(createApp({ routes: swaggerUi() })).rejects.toMatchObject({
      problems: [
        {
          code: 'OPTION_INVALID',
          place: 'swaggerUi()',
          fault: 'document names a document that the application does not have: there is no /openapi.json.',
          cure: 'Add ...openapi({ info }) of @sluice/openapi to the routes.',
        },
      ],
    });
  });

  it('names the documents that are there', async () => {
    const routes = [...openapi({ info: INFO, path: '/api' }), ...swaggerUi()];
    await expect(createApp({ routes })).rejects.toMatchObject({
      problems: [{ cure: "Name one that is there: '/api'." }],
    });
  });
});
