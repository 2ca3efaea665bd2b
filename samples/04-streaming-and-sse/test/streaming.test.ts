import type { App } from '@sluice/core';
import { createStreaming } from '../src/create-streaming';

describe('the streaming sample', () => {
  let app: App;

  beforeAll(async () => {
    app = await createStreaming();
  });

  afterAll(() => app.close());

  it('renders its page from a template, escaped and with links to its routes', async () => {
    const response = await app.inject({ url: '/' });
    expect(response.header('content-type')).toBe('text/html; charset=utf-8');
    const page = response.text();
    expect(page).toContain('<h1>Clock &amp; streams</h1>');
    expect(page).toContain("new EventSource('/clock')");
    const links = [...page.matchAll(/<li><a href="(.*)">(.*)<\/a>/g)].map(([, ...link]) => link);
    expect(links).toEqual([
      ['/readings', 'JSON lines'],
      ['/countdown', 'A stream'],
      ['/tides', 'A download'],
    ]);
  });

  describe('its clock', () => {
    it('begins with the current second', async () => {
      const before = nowInSeconds();
      const [id] = await readIds(1);
      expect(id).toBeGreaterThanOrEqual(before);
      expect(id).toBeLessThanOrEqual(nowInSeconds());
    });

    it('goes on after the last tick that the client has seen', async () => {
      const last = nowInSeconds() - 5;
      expect(await readIds(3, String(last))).toEqual([last + 1, last + 2, last + 3]);
    });

    it.each(['', 'yesterday', '-1', '0', '1e400', '99999999999'])(
      'begins with the current second for the id %j',
      async (last) => {
        const before = nowInSeconds();
        const [id] = await readIds(1, last);
        expect(id).toBeGreaterThanOrEqual(before);
        expect(id).toBeLessThanOrEqual(nowInSeconds());
      },
    );

    async function readIds(count: number, last?: string): Promise<number[]> {
      const headers = last === undefined ? {} : { 'last-event-id': last };
      const response = await app.injectStream({ url: '/clock', headers });
      expect(response.header('content-type')).toBe('text/event-stream');
      let text = '';
      for await (const chunk of response.body) {
        text += Buffer.from(chunk).toString();
        if ([...text.matchAll(/^data: .*\n\n/gm)].length >= count) break;
      }
      expect(text).toContain('retry: 1000\n');
      expect(text).toMatch(/^event: tick\nid: \d+\ndata: \{"time":"\d\d:\d\d:\d\d"\}$/m);
      return [...text.matchAll(/^id: (\d+)$/gm)].slice(0, count).map(([, id]) => Number(id));
    }
  });

  it('sends its readings as JSON lines', async () => {
    const response = await app.inject({ url: '/readings' });
    expect(response.header('content-type')).toBe('application/jsonl');
    const lines = response.text().trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { hour: number }).hour)).toEqual([...Array(24).keys()]);
    expect(lines[0]).toBe('{"hour":0,"celsius":7}');
  });

  it('streams its countdown chunk by chunk', async () => {
    const { body } = await app.injectStream({ url: '/countdown' });
    const pieces: string[] = [];
    for await (const chunk of body) pieces.push(Buffer.from(chunk).toString());
    expect(pieces).toEqual(['3\n', '2\n', '1\n', 'lift-off\n']);
  });

  describe('its download', () => {
    it('has a filename, and can be cached', async () => {
      const response = await app.inject({ url: '/tides' });
      expect(response.header('content-type')).toBe('text/csv; charset=utf-8');
      expect(response.header('content-disposition')).toBe('attachment; filename="tides.csv"');
      expect(response.header('cache-control')).toBe('max-age=3600');
      expect(response.text()).toMatch(/^day,low,high\n/);
      const headers = { 'if-none-match': response.header('etag')! };
      expect((await app.inject({ url: '/tides', headers })).status).toBe(304);
    });

    it('supports ranges', async () => {
      const part = await app.inject({ url: '/tides', headers: { range: 'bytes=4-6' } });
      expect([part.status, part.text()]).toEqual([206, 'low']);
      expect(part.header('content-range')).toMatch(/^bytes 4-6\/\d+$/);
      expect((await app.inject({ url: '/tides', headers: { range: 'bytes=9999-' } })).status).toBe(416);
    });
  });
});

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
