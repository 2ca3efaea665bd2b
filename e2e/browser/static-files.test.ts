import { afterwards, createApp, type App } from '@sluice/core';
import { staticFiles } from '@sluice/static';
import type { Browser, Page } from 'playwright-core';
import { Site } from '../../packages/static/test/site';
import { fetchInPage } from './fetch-in-page';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const SECONDS = 90;
const BYTES_PER_SECOND = 44_100 * 2 * 2;

const PAGE = `<!doctype html><html lang="en"><title>Loading</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style-5e6f7a8b.css"><script type="module" src="/assets/app-1a2b3c4d.js"></script>`;

const FILES = {
  'index.html': PAGE,
  'assets/app-1a2b3c4d.js': `document.title = 'Shows ' + location.pathname`,
  'assets/style-5e6f7a8b.css': 'html { color: rgb(1, 2, 3) }',
  'player.html':
    '<!doctype html><link rel="icon" href="data:,"><audio id="sound" preload="metadata" src="/silence.wav"></audio>',
  'silence.wav': makeSilence(),
};

describe('static files in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let site: Site;
  let app: App;
  let url: string;
  let asked: { readonly path: string; readonly status: number; readonly range: string | undefined }[];

  beforeAll(async () => {
    browser = await launchChromium();
    site = new Site(FILES);
    app = await createApp({
      middleware: [
        (context, next) =>
          afterwards(next(), () => {
            const { request, response } = context;
            asked.push({ path: request.path, status: response.status, range: request.header('range') });
          }),
        staticFiles({ root: site.root, fallback: 'index.html', immutable: /^assets\// }),
      ],
      development: false,
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    site?.[Symbol.dispose]();
  });

  beforeEach(async () => {
    asked = [];
    // A context of its own begins with an empty cache.
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  /** Waits until the script and the style have worked, and returns the requests since the last time, sorted. */
  async function readAsked(path: string): Promise<string[]> {
    await page.waitForFunction(`document.title === 'Shows ${path}'`);
    expect(await page.evaluate('getComputedStyle(document.documentElement).color')).toBe('rgb(1, 2, 3)');
    return asked
      .splice(0)
      .map((one) => `${one.status} ${one.path}`)
      .sort();
  }

  it('asks for immutable assets once: not on a reload, and not for another page', async () => {
    await page.goto(url);
    expect(await readAsked('/')).toEqual([
      '200 /',
      '200 /assets/app-1a2b3c4d.js',
      '200 /assets/style-5e6f7a8b.css',
    ]);
    await page.reload();
    expect(await readAsked('/')).toEqual(['304 /']);
    await page.goto(`${url}/notes`);
    expect(await readAsked('/notes')).toEqual(['200 /notes']);
    await page.goto(url);
    expect(await readAsked('/')).toEqual(['304 /']);
  });

  it('shows the page of the application on a deep path, opened, reloaded and gone back to', async () => {
    await page.goto(`${url}/notes/1/edit?draft=2`);
    expect(await readAsked('/notes/1/edit')).toContain('200 /notes/1/edit');
    await page.reload();
    expect(await readAsked('/notes/1/edit')).toEqual(['304 /notes/1/edit']);
    await page.goto(url);
    await page.goBack();
    await page.waitForFunction(`document.title === 'Shows /notes/1/edit'`);
    // A script gets a 404, not the page.
    expect(await fetchInPage(page, '/notes/2')).toMatchObject({ status: 404 });
    expect(await fetchInPage(page, '/assets/gone-1a2b3c4d.js')).toMatchObject({ status: 404 });
  });

  it('seeks in a sound with a range of it, and does not ask for the bytes between', async () => {
    await page.goto(`${url}/player.html`);
    await page.waitForFunction('sound.readyState >= HTMLMediaElement.HAVE_METADATA');
    expect(await page.evaluate('sound.duration')).toBe(SECONDS);
    const target = SECONDS - 5;
    await page.evaluate(`new Promise((resolve, reject) => {
      sound.onseeked = resolve;
      sound.onerror = () => reject(new Error(sound.error.message));
      sound.currentTime = ${target};
    })`);
    expect(await page.evaluate('sound.currentTime')).toBe(target);
    const parts = asked.filter(({ path }) => path === '/silence.wav');
    // Chromium may ask whether a part that it has is still the same.
    expect(parts.filter(({ status }) => status !== 206 && status !== 304)).toEqual([]);
    expect(parts.filter(({ status }) => status === 206).length).toBeGreaterThan(1);
    const starts = parts.flatMap(({ range }) => Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? []));
    expect(starts[0]).toBe(0);
    expect(Math.max(...starts)).toBeGreaterThan((target - 5) * BYTES_PER_SECOND);
  });
});

/** A WAV file in which nothing is to be heard: PCM, 44,100 Hz, two channels of 16 bits. */
function makeSilence(): Buffer {
  const data = SECONDS * BYTES_PER_SECOND;
  const file = Buffer.alloc(44 + data);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + data, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(44_100, 24);
  file.writeUInt32LE(BYTES_PER_SECOND, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(data, 40);
  return file;
}
