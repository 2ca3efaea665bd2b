import type { App } from '@sluice/core';
import type { Browser, Page } from 'playwright-core';
import { createUploads } from '../../samples/03-uploads/src/create-uploads';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('the upload form in the browser', () => {
  let browser: Browser;
  let page: Page;
  let app: App;
  let url: string;

  beforeAll(async () => {
    browser = await launchChromium();
    app = await createUploads();
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(url);
  });

  afterEach(() => page.close());

  async function upload(...pictures: readonly { name: string; mimeType: string; buffer: Buffer }[]) {
    await page.fill('input[name=title]', 'Spaß & "Ümlaute"');
    await page.setInputFiles('input[name=pictures]', [...pictures]);
    const [response] = await Promise.all([page.waitForResponse(`${url}/uploads`), page.click('button')]);
    return { status: response.status(), text: await response.text() };
  }

  const picture = (name: string, size: number) => ({
    name,
    mimeType: 'image/png',
    buffer: Buffer.alloc(size, 7),
  });

  it('sends pictures and text with unusual names', async () => {
    const { status, text } = await upload(picture('Käse "1".png', 10), picture('large.png', 1_500_000));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      title: 'Spaß & "Ümlaute"',
      pictures: [
        { filename: 'Käse "1".png', size: 10, mediaType: 'image/png' },
        { filename: 'large.png', size: 1_500_000 },
      ],
    });
  });

  it('shows the refusal of a form without a picture, with too many, or with one that is too large', async () => {
    expect((await upload()).status).toBe(422);
    await page.goBack();
    expect((await upload(...[1, 2, 3, 4].map((size) => picture('a.png', size)))).status).toBe(413);
    await page.goBack();
    expect((await upload(picture('a.png', 2_000_001))).status).toBe(413);
  });
});
