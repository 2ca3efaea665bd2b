import type { Browser, Locator, Page } from 'playwright-core';
import { createApp } from '@sluice/core';
import { openapiScalar } from '@sluice/openapi-scalar';
import { swaggerUi } from '@sluice/swagger-ui';
import { describeNotes, PLACES, servePlace } from './documented-notes';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';
import type { Shown } from './run-operation';
import { watchFaults } from './watch-faults';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const DOCUMENTED = describeNotes([...swaggerUi(), ...openapiScalar()]);

describe('the reference page in Chromium', () => {
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
      await page.goto(`${served.url}/reference`);
      await chooseToken(page, 'of-ada');
      const operation = await openOperation(page);
      await operation.getByText('201', { exact: true }).first().click();
      expect(await operation.innerText()).toContain('max length:');
      expect(await sendRequest(page)).toEqual({ status: '201 Created', body: '{\n  "text": ""\n}' });
      expect({ faults, origins: [...origins] }).toEqual({ faults: [], origins: [served.origin] });
      await page.close();
    },
  );

  it('shows the reply to a refused token, and fits a phone in its dark scheme', async () => {
    await using app = await createApp(DOCUMENTED);
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const viewport = { width: 390, height: 800 };
    const context = await browser.newContext({ viewport, isMobile: true, colorScheme: 'dark' });
    const page = await context.newPage();
    await page.goto(`${url}/reference`);
    await chooseToken(page, 'of-mallory');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(15, 15, 15)');
    const { status, body } = await sendRequest(page);
    expect([status, body]).toEqual(['401 Unauthorized', expect.stringContaining('"title": "Unauthorized"')]);
    await context.close();
  });

  it('has no link to another site except that of its authors', async () => {
    await using app = await createApp(DOCUMENTED);
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const page = await browser.newPage();
    await page.goto(`${url}/reference`);
    await openOperation(page);
    const links = await page.locator('a[href^=http]').evaluateAll((all) => all.map((one) => String(one)));
    expect(links.filter((link) => !link.startsWith(url))).toEqual(['https://www.scalar.com/']);
    await page.close();
  });
});

/** Enters the token of a person for every operation. */
async function chooseToken(page: Page, token: string): Promise<void> {
  await page.getByRole('button', { name: 'Select Auth Type' }).click();
  await page.getByRole('option', { name: 'bearer' }).click();
  await page.keyboard.press('Escape');
  await page.getByPlaceholder('Token').fill(token);
}

async function openOperation(page: Page): Promise<Locator> {
  const operation = page.locator('[id*="/POST/"][id$="/notes"]').first();
  await operation.scrollIntoViewIfNeeded();
  return operation;
}

/** Opens the window of the operation that creates a note, sends the request, and reads the reply. */
async function sendRequest(page: Page): Promise<Shown> {
  await page.getByRole('button', { name: /post .*\/notes/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send' }).first().click();
  const reply = dialog.getByRole('region', { name: 'Response' });
  const status = await reply.getByRole('link', { name: /^\d{3} / }).innerText();
  const body = await reply.locator('.cm-content').innerText();
  return { status: status.trim(), body };
}
