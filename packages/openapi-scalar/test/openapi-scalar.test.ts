import { createApp } from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { openapiScalar, type OpenapiScalarOptions } from '../src';

// @sluice/openapi tests the promises of every page for a document.
async function ask(url: string, options?: OpenapiScalarOptions) {
  const info = { title: 'Notes', version: '1.0.0' };
  const app = await createApp({ routes: [...openapi({ info }), ...openapiScalar(options)] });
  return app.inject({ url });
}

describe('openapiScalar', () => {
  it('serves a page whose policy allows styles in the page, and scripts of its own server only', async () => {
    expect((await ask('/reference')).headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('prepares the page before Scalar runs, and starts it then', async () => {
    const scripts = [...(await ask('/reference')).text().matchAll(/src="reference\/(\w+)[^"]*"/g)];
    expect(scripts.map(([, name]) => name)).toEqual(['prepare', 'standalone', 'init']);
    expect((await ask('/reference/prepare.js')).text()).toContain('jitless: true');
  });

  it('turns off everything that asks another server, which no setting can turn on', async () => {
    const settings = { theme: 'moon', layout: 'classic' } as const;
    const script = (await ask('/reference/init.js', { settings })).text();
    expect(script).toContain(
      '{"theme":"moon","layout":"classic","withDefaultFonts":false,"telemetry":false,',
    );
    expect(script).toContain(
      '"agent":{"disabled":true},"mcp":{"disabled":true},"showDeveloperTools":"never"',
    );
    expect(script).not.toContain('proxy');
  });

  it.each<[string, object, string]>([
    ['an unknown theme', { theme: 'red' }, 'OPTION_INVALID'],
    ['telemetry', { telemetry: true }, 'OPTION_UNKNOWN'],
    ['a proxy', { proxyUrl: 'https://x' }, 'OPTION_UNKNOWN'],
  ])('refuses the setting of %s', (_, settings, code) => {
    expect(() => openapiScalar({ settings })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code, place: 'openapiScalar(), settings' })],
      }),
    );
  });
});
