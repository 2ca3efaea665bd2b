import { createApp, printPlan, type AppOptions } from '@sluice/core';
import { makeOpenApi, openapi } from '@sluice/openapi';
import { openapiScalar } from '../src';

const INFO = { title: 'Notes', version: '1.0.0' };
const NOTES = { method: 'GET', path: '/notes', name: 'list', handler: () => [] } as const;
const DOCUMENTED = { routes: [NOTES, ...openapi({ info: INFO }), ...openapiScalar()] };

async function ask(url: string, options: AppOptions = DOCUMENTED) {
  const app = await createApp(options);
  return app.inject({ url, headers: { 'Accept-Encoding': 'br' } });
}

describe('openapiScalar', () => {
  it('adds the page and its files to the plan, and nothing to the document', async () => {
    const { plan } = await createApp(DOCUMENTED);
    expect(printPlan(plan)).toBe(`GET  /notes            list                list
GET  /openapi.json     openapi.json        openapi.json
GET  /openapi.yaml     openapi.yaml        openapi.yaml
GET  /reference        openapiScalar.page  openapiScalar.page
GET  /reference/:file  openapiScalar.file  openapiScalar.file
*    /*                fallback`);
    expect(Object.keys(makeOpenApi(plan, { info: INFO }).paths)).toEqual(['/notes']);
  });

  it('serves a page whose policy allows styles in the page, and scripts of its own server only', async () => {
    const page = await ask('/reference');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
    expect(page.text()).not.toMatch(/<script>|style=|https?:/);
  });

  it('sends the files that the page names, the program for a year', async () => {
    const page = await ask('/reference');
    const addresses = [...page.text().matchAll(/(?:src|href)="(reference\/[^"]+)"/g)].map(([, one]) => one!);
    const files = await Promise.all(addresses.map((address) => ask(`/${address}`)));
    expect(files.map((file) => [file.status, file.headers['cache-control']])).toEqual([
      [200, 'no-cache'],
      [200, 'no-cache'],
      [200, 'max-age=31536000, immutable'],
      [200, 'no-cache'],
    ]);
    expect(files[2]!.headers['content-encoding']).toBe('br');
  });

  it('turns off everything that asks another server, which no setting can turn on', async () => {
    const settings = { theme: 'moon', telemetry: true } as object;
    expect(() => openapiScalar({ settings })).toThrow('telemetry');
    const routes = [
      ...openapi({ info: INFO, path: '/v2/api' }),
      ...openapiScalar({
        path: '/help/page',
        document: '/v2/api',
        settings: { theme: 'moon', layout: 'classic' },
      }),
    ];
    const script = (await ask('/help/page/init.js', { routes })).text();
    expect(script).toContain('new URL("../../v2/api.json", document.currentScript.src)');
    expect(script).toContain(
      '{"theme":"moon","layout":"classic","withDefaultFonts":false,"telemetry":false,',
    );
    expect(script).toContain(
      '"agent":{"disabled":true},"mcp":{"disabled":true},"showDeveloperTools":"never"',
    );
    expect(script).not.toContain('proxy');
  });

  it('runs its middleware on its own routes only', async () => {
    const staffOnly = { name: 'staffOnly', handle: () => 'not staff' };
    const routes = [NOTES, ...openapi({ info: INFO }), ...openapiScalar({ middleware: [staffOnly] })];
    expect((await ask('/notes', { routes })).text()).toBe('[]');
    for (const url of ['/reference', '/reference/init.js', '/reference/nothing'])
      expect((await ask(url, { routes })).text()).toBe('not staff');
  });
});

describe('the mistakes of openapiScalar', () => {
  it.each<[string, () => unknown, string]>([
    ['an unknown option', () => openapiScalar({ paths: '/reference' } as object), 'OPTION_UNKNOWN'],
    ['a path with a parameter', () => openapiScalar({ path: '/reference/:id' }), 'OPTION_INVALID'],
    ['an unknown theme', () => openapiScalar({ settings: { theme: 'red' as 'moon' } }), 'OPTION_INVALID'],
    ['a proxy', () => openapiScalar({ settings: { proxyUrl: 'https://x' } as object }), 'OPTION_UNKNOWN'],
  ])('refuses %s', (_, make, code) => {
    expect(make).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ code })] }));
  });

  it('refuses to start without a document', async () => {
    await expect(createApp({ routes: openapiScalar() })).rejects.toMatchObject({
      problems: [{ code: 'OPTION_INVALID', place: 'openapiScalar()' }],
    });
  });
});
