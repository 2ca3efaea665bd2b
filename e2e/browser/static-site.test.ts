import type { App } from '@sluice/core';
import type { Browser, Page } from 'playwright-core';
import { createSiteAndApi } from '../../samples/10-static-site-and-api/src/create-site-and-api';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('the page of samples/10-static-site-and-api in the browser', () => {
  let browser: Browser;
  let page: Page;
  let app: App;
  let url: string;
  /** The errors in the console of the page: its policy has blocked something, or something has failed. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    app = await createSiteAndApi({ development: false });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
    page = await browser.newPage();
    complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });

  afterEach(async () => {
    await page.close();
    await app.close();
  });

  const readHeading = () => page.locator('h1').innerText();

  it('adds a note, opens it, and shows it again after a reload, all under its policy', async () => {
    await page.goto(url);
    await page.getByLabel('New note').fill('Call <b>Ada</b>');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('link', { name: 'Call <b>Ada</b>' }).click();
    await page.waitForURL(`${url}/notes/3`);
    for (const open of [() => undefined, () => page.reload()]) {
      await open();
      await page.getByRole('heading', { name: 'Note 3' }).waitFor();
      expect(await page.locator('.text').innerText()).toBe('Call <b>Ada</b>');
    }
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(`${url}/`);
    await page.getByRole('heading', { name: 'Notes' }).waitFor();
    expect(await page.locator('li').allInnerTexts()).toEqual(['Buy milk', 'Read docs/order.md']);
    expect(complaints).toEqual([]);
  });

  it('follows its links without loading the document again, and goes back', async () => {
    await page.goto(`${url}/about`);
    await page.evaluate(`window.isSameDocument = true`);
    await page.getByRole('link', { name: 'Notes' }).click();
    await page.getByRole('link', { name: 'Buy milk' }).click();
    await page.getByRole('heading', { name: 'Note 1' }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByRole('heading', { name: 'About' }).waitFor();
    expect(await page.title()).toBe('About');
    expect(await page.evaluate(`window.isSameDocument`)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('says on a deep path that a note is missing', async () => {
    await page.goto(`${url}/notes/99`);
    await page.getByText('This note does not exist.').waitFor();
    expect(await readHeading()).toBe('Something went wrong');
  });

  it('does not run a script that is written into it', async () => {
    await page.goto(url);
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.isInjected = true';
      document.body.append(script);
    }`);
    expect(await page.evaluate(`window.isInjected`)).toBeUndefined();
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
  });
});
