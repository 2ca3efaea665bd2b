import {
  Controller,
  createApp,
  Get,
  html,
  LastEventId,
  noContent,
  Sse,
  sseEvent,
  type App,
} from '@sluice/core';
import { type Browser, type Page } from 'playwright-core';
import { createStreaming } from '../../samples/04-streaming-and-sse/src/create-streaming';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const LISTENING_PAGE = `<!doctype html><title>Listening</title><link rel="icon" href="data:,"><script>
  const received = [];
  const source = new EventSource('/feed');
  const note = ({ type, data, lastEventId }) => received.push([type, data, lastEventId]);
  source.onmessage = note;
  source.addEventListener('price', note);
</script>`;

describe('server-sent events in the browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  describe('from a server that breaks off after two events', () => {
    const connectedWith: (string | undefined)[] = [];

    @Controller()
    class FeedController {
      @Get() show() {
        return html(LISTENING_PAGE);
      }

      @Sse('/feed', { retry: 10 }) feed(@LastEventId() last: string | undefined) {
        connectedWith.push(last);
        const first = Number(last ?? 0) + 1;
        return first > 4 ? noContent() : this.yieldTwo(first);
      }

      private async *yieldTwo(first: number) {
        yield sseEvent('two\nlines', { id: first });
        yield sseEvent({ price: first + 1 }, { id: first + 1, event: 'price' });
      }
    }

    let app: App;
    let url: string;

    beforeAll(async () => {
      app = await createApp({ controllers: [FeedController] });
      ({ url } = await app.listen({ port: 0, handleSignals: false }));
    });

    afterAll(() => app?.close());

    it('resume after the last event, until the server has no more', async () => {
      await page.goto(url);
      await page.waitForFunction('source.readyState === EventSource.CLOSED');
      expect(await page.evaluate('received')).toEqual([
        ['message', 'two\nlines', '1'],
        ['price', '{"price":2}', '2'],
        ['message', 'two\nlines', '3'],
        ['price', '{"price":4}', '4'],
      ]);
      expect(connectedWith).toEqual([undefined, '2', '4']);
    });
  });

  describe('in the streaming sample', () => {
    it('keep its clock running, even across a restart of the server', async () => {
      const port = await takeFreePort();
      const first = await createStreaming();
      try {
        const { url } = await first.listen({ port, handleSignals: false });
        await page.goto(url);
        await page.waitForFunction(`${TICKS}.length >= 1`);
        expect(await page.locator('#clock').innerText()).toMatch(/^\d\d:\d\d:\d\d$/);
      } finally {
        await first.close();
      }
      const before = await page.evaluate<number[]>(TICKS);

      const second = await createStreaming();
      try {
        await second.listen({ port, handleSignals: false });
        await page.waitForFunction(`${TICKS}.length >= ${before.length + 2}`);
        const ticks = await page.evaluate<number[]>(TICKS);
        // No tick is missing, and none comes twice.
        expect(ticks).toEqual(ticks.map((_, index) => before[0]! + index));
      } finally {
        await second.close();
      }
    });
  });
});

/** A script that reads the ticks in the sample's page. */
const TICKS = `document.querySelector('#ticks').textContent.trim().split(' ').filter(Boolean).map(Number)`;

/** A port for two servers in turn. If the first listened on port 0, the system might refuse the same port to the second. */
async function takeFreePort(): Promise<number> {
  const holder = await createStreaming();
  const { port } = await holder.listen({ port: 0, handleSignals: false });
  await holder.close();
  return port;
}
