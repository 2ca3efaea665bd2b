import type { Browser, Page } from 'playwright-core';
import {
  createApp,
  json,
  notFound,
  redirect,
  unauthorized,
  type Middleware,
  type PlainRoute,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { openapi } from '@sluice/openapi';
import { securityHeaders } from '@sluice/security-headers';
import { swaggerUi } from '@sluice/swagger-ui';
import { createQuickstart } from '../../samples/01-quickstart/src/create-quickstart';
import { describeNotes, PLACES, servePlace } from './documented-notes';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';
import { runOperation, type Shown } from './run-operation';
import { watchFaults } from './watch-faults';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const DOCUMENTED = describeNotes(swaggerUi());

describe('the documentation page in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  it.each(PLACES)(
    '$name runs an operation with the token of a person, without a fault and without another origin',
    async (place) => {
      await using served = await servePlace(place, DOCUMENTED);
      const page = await browser.newPage();
      const { faults, origins } = await watchFaults(page);
      await page.goto(`${served.url}/docs`);
      expect(await page.title()).toBe('Notes & <more>');
      expect(await runCreate(page, 'of-ada')).toEqual({ status: '201', body: '{\n  "text": "string"\n}' });
      expect({ faults, origins: [...origins] }).toEqual({ faults: [], origins: [served.origin] });
      await page.close();
    },
  );

  it('lets a person try the first request of the quickstart, behind its middleware', async () => {
    await using app = await createQuickstart();
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const page = await browser.newPage();
    const { faults, origins } = await watchFaults(page);
    await page.goto(`${url}/docs`);
    const counter = page.locator('.opblock-get', { hasText: '/counter' });
    expect(await runOperation(counter)).toEqual({ status: '200', body: '{\n  "count": 1\n}' });
    expect({ faults, origins: [...origins] }).toEqual({ faults: [], origins: [url] });
    await page.close();
  });

  it('shows the reply to a refused token, and fits a phone in its dark scheme', async () => {
    await using app = await createApp(DOCUMENTED);
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const viewport = { width: 390, height: 800 };
    const context = await browser.newContext({ viewport, isMobile: true, colorScheme: 'dark' });
    const page = await context.newPage();
    await page.goto(`${url}/docs`);
    const { status, body } = await runCreate(page, 'of-mallory');
    expect([status, body]).toEqual(['401', expect.stringContaining('"title": "Unauthorized"')]);
    const examples = await page.locator('.opblock-post .model-example').allInnerTexts();
    expect(examples.filter((text) => text.includes('"type": "about:blank"'))).not.toEqual([]);
    expect(examples.join()).not.toContain('path/index.html');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const colour = 'getComputedStyle(document.querySelector("table.headers td")).color';
    expect(await page.evaluate(colour)).toBe('rgb(228, 230, 230)');
    await context.close();
  });

  it('logs a person in at an OAuth 2 server of another origin, and hands its token to the API', async () => {
    await using server = await createApp({
      middleware: [cors({ allowOrigins: ['*'], allowHeaders: ['*'] })],
      routes: OAUTH_SERVER,
    });
    const { url: issuer } = await server.listen({ port: 0, handleSignals: false });
    await using app = await createApp({
      middleware: [securityHeaders({ preset: 'strict' }), requireToken(issuer)],
      routes: [
        { method: 'GET', path: '/me', name: 'me', handler: () => 'ada' },
        ...openapi({ info: { title: 'Me', version: '1' }, skipMiddleware: ['requireToken'] }),
        ...swaggerUi({ oauth: { clientId: 'docs' }, skipMiddleware: ['requireToken'] }),
      ],
    });
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const page = await browser.newPage();
    const { faults, origins } = await watchFaults(page);
    await page.goto(`${url}/docs`);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await runOperation(page.locator('.opblock-get'))).toEqual({ status: '200', body: 'ada' });
    expect({ faults, origins: [...origins].sort() }).toEqual({ faults: [], origins: [url, issuer].sort() });
    await page.close();
  });
});

/** Sends every person back with a code, without a question. */
const OAUTH_SERVER: PlainRoute[] = [
  {
    method: 'GET',
    path: '/authorize',
    handler({ request: { query } }) {
      if (query.get('client_id') !== 'docs' || query.get('code_challenge_method') !== 'S256')
        return notFound();
      return redirect(
        `${query.get('redirect_uri')!}?code=a-code&state=${encodeURIComponent(query.get('state')!)}`,
      );
    },
  },
  { method: 'POST', path: '/token', handler: () => json({ access_token: 'of-ada', token_type: 'Bearer' }) },
];

/** A guard that describes where its tokens come from. */
const requireToken = (issuer: string): Middleware => ({
  name: 'requireToken',
  describes: {
    security: [
      {
        oauth: {
          scheme: {
            type: 'oauth2',
            flows: {
              authorizationCode: {
                authorizationUrl: `${issuer}/authorize`,
                tokenUrl: `${issuer}/token`,
                scopes: {},
              },
            },
          },
        },
      },
    ],
  },
  handle: ({ request }, next) =>
    request.header('authorization') === 'Bearer of-ada' ? next() : unauthorized(),
});

/** Logs in with a token, and runs the operation that creates a note. */
async function runCreate(page: Page, token: string): Promise<Shown> {
  await page.getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.modal-ux');
  await dialog.locator('input').fill(token);
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return runOperation(page.locator('.opblock-post'));
}
