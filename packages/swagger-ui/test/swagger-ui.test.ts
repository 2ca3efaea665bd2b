import { createApp } from '@sluice/core';
import { openapi } from '@sluice/openapi';
import { swaggerUi, type SwaggerUiOptions } from '../src';

// @sluice/openapi tests the promises of every page for a document.
async function ask(url: string, options?: SwaggerUiOptions) {
  const info = { title: 'Notes', version: '1.0.0' };
  const app = await createApp({ routes: [...openapi({ info }), ...swaggerUi(options)] });
  return app.inject({ url });
}

describe('swaggerUi', () => {
  it('serves a page with a policy that allows nothing inside the page', async () => {
    expect((await ask('/docs')).headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('has an icon', async () => {
    const [, icon] = /rel="icon" href="([^"]+)"/.exec((await ask('/docs')).text())!;
    expect((await ask(`/${icon}`)).headers['content-type']).toBe('image/png');
  });

  it('starts Swagger UI with the settings and a public client', async () => {
    const options = {
      settings: { docExpansion: 'none', persistAuthorization: true },
      oauth: { clientId: 'docs', scopes: ['read'], parameters: { audience: 'notes' } },
    } as const;
    const script = (await ask('/docs/init.js', options)).text();
    expect(script).toContain('"docExpansion":"none","persistAuthorization":true');
    expect(script).toContain('"validatorUrl":null');
    expect(script).toContain('"additionalQueryStringParams":{"audience":"notes"}');
  });

  it('has a page to which an OAuth 2 server returns, which finds the window that opened it', async () => {
    const page = await ask('/docs/oauth2-redirect.html');
    expect(page.headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'unsafe-none',
    });
    const [, script] = /src="([^"]+)"/.exec(page.text())!;
    expect((await ask(`/docs/${script}`)).status).toBe(200);
  });

  it.each<[string, object, string, string]>([
    ['an unknown option', { theme: 'dark' }, 'OPTION_UNKNOWN', 'swaggerUi()'],
    ['an unknown setting', { settings: { validatorUrl: '/' } }, 'OPTION_UNKNOWN', 'swaggerUi(), settings'],
    ['a wrong setting', { settings: { filter: 1 } }, 'OPTION_INVALID', 'swaggerUi(), settings'],
    ['settings that are not an object', { settings: null }, 'OPTION_INVALID', 'swaggerUi(), settings'],
    ['a client without id', { oauth: {} }, 'OPTION_MISSING', 'swaggerUi(), oauth'],
    [
      'the secret of a client',
      { oauth: { clientId: 'x', secret: 'y' } },
      'OPTION_UNKNOWN',
      'swaggerUi(), oauth',
    ],
  ])('refuses %s', (_, options, code, place) => {
    expect(() => swaggerUi(options)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code, place })] }),
    );
  });
});
