import { createApp, html, type App, type Context } from '@sluice/core';
import { cspNonce, securityHeaders } from '@sluice/security-headers';
import type { Browser, Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

/** Each script and style that runs leaves a mark. */
function makePage(context: Context) {
  const nonce = cspNonce(context);
  return html(`<!doctype html><title>Page</title><link rel="icon" href="data:,">
<style nonce="${nonce}">h1 { color: rgb(1, 2, 3) }</style>
<h1 id="injected">Page</h1><script>document.title += ' injected'</script>
<script nonce="${nonce}">document.title += ' own';
  const loaded = document.createElement('script'); loaded.src = '/loaded.js'; document.head.append(loaded);</script>
<script nonce="of-somebody-else">document.title += ' guessed'</script>
<h2 onclick="document.title += ' clicked'">Click</h2>`);
}

describe('a page with security headers in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let app: App;
  let url: string;
  let reports: unknown[];
  let arrived: () => void;
  let isArrived: Promise<void>;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await createApp({
      middleware: [
        securityHeaders({
          preset: 'strict',
          reportingEndpoints: { csp: '/reports' },
          contentSecurityPolicyReportOnly: { styleSrc: ["'none'"], reportUri: ['/reports'] },
        }),
      ],
      routes: [
        { method: 'GET', path: '/', handler: makePage },
        {
          method: 'GET',
          path: '/loaded.js',
          handler: ({ response }) => {
            response.headers.set('Content-Type', 'text/javascript');
            response.body = "document.title += ' loaded'";
          },
        },
        {
          method: 'POST',
          path: '/reports',
          handler: async ({ request }) => {
            reports.push(await request.json());
            arrived();
          },
        },
      ],
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  beforeEach(async () => {
    reports = [];
    isArrived = new Promise((resolve) => (arrived = resolve));
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  it('runs the scripts with its nonce and what they load, and no others', async () => {
    await page.goto(url);
    await page.waitForFunction(`document.title.includes('loaded')`);
    await page.click('h2');
    expect(await page.title()).toBe('Page own loaded');
    expect(await page.evaluate(`getComputedStyle(document.querySelector('h1')).color`)).toBe('rgb(1, 2, 3)');
  });

  it('gives another nonce to the next request, so that a stolen one is of no use', async () => {
    const read = () => page.evaluate<string>(`document.querySelector('style').nonce`);
    await page.goto(url);
    const first = await read();
    await page.reload();
    expect(first).toHaveLength(24);
    expect(await read()).not.toBe(first);
  });

  it('reports what the report-only policy would block, and does not block it', async () => {
    await page.goto(url);
    await isArrived;
    expect(reports).toContainEqual(
      expect.objectContaining({
        'csp-report': expect.objectContaining({
          'effective-directive': 'style-src-elem',
          disposition: 'report',
        }) as unknown,
      }),
    );
  });

  it('cannot be framed by a page of another origin', async () => {
    const other = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => html(`<iframe src="${url}"></iframe>`) }],
    });
    const { url: otherUrl } = await other.listen({ port: 0, handleSignals: false });
    try {
      const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
      await page.goto(otherUrl);
      expect((await refused).type()).toBe('error');
    } finally {
      await other.close();
    }
  });
});
