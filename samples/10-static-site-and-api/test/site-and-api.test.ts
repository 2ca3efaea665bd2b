import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from '@sluice/core';
import { createSiteAndApi, PAGE } from '../src/create-site-and-api';

const BROWSER = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
};

describe('the static site and its API', () => {
  let app: App;

  beforeEach(async () => {
    app = await createSiteAndApi({ development: false });
  });

  afterEach(() => app.close());

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) => app.inject({ url, headers });

  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/notes',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  describe('serves the page', () => {
    it('with a policy under which nothing inline is needed', async () => {
      const response = await get('/', { accept: 'text/html' });
      expect(response.header('content-security-policy')).toBe(
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'; " +
          "object-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self'",
      );
      const page = response.text();
      expect(page).toMatch(/<script type="module" crossorigin src="\/assets\/[\w.-]+\.js"><\/script>/);
      expect(page).not.toMatch(/<style|<script(?![^>]* src=)| style=| on\w+=|data:|https?:/);
    });

    it.each(['/', '/notes/1', '/about', '/no/such/page'])(
      'to a browser that opens %s, to be asked for each time',
      async (url) => {
        const response = await get(url, BROWSER);
        expect([response.status, response.header('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(response.header('cache-control')).toBe('no-cache');
        const tag = response.header('etag')!;
        expect((await get(url, { ...BROWSER, 'if-none-match': tag })).status).toBe(304);
      },
    );

    it('and its assets for ever, compressed by the build in the form that the client takes', async () => {
      const names = readdirSync(path.join(PAGE, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));
      expect(names.some((name) => name.endsWith('.css'))).toBe(true);
      // The list, the note and the other pages are loaded when they are shown.
      expect(names.length).toBeGreaterThan(4);
      const main = names.find((name) => name.startsWith('index-') && name.endsWith('.js'))!;
      for (const [accepted, coding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip', 'gzip'],
        ['identity', undefined],
      ] as const) {
        const response = await get(`/assets/${main}`, { 'accept-encoding': accepted });
        expect(response.status).toBe(200);
        expect(response.header('content-encoding')).toBe(coding);
        expect(response.header('cache-control')).toBe('max-age=31536000, immutable');
        expect(response.header('vary')).toBe('Accept-Encoding');
      }
    });

    it('but answers 404 for a missing asset, and for a missing path of the API', async () => {
      expect((await get('/assets/gone-1a2b3c4d.js', BROWSER)).status).toBe(404);
      expect((await get('/api/nowhere', { accept: 'application/json' })).status).toBe(404);
    });
  });

  describe('answers requests to the API', () => {
    it('by adding, listing, showing and removing notes', async () => {
      const added = await post({ text: 'Call Ada' });
      expect([added.status, added.header('location')]).toEqual([201, '/api/notes/3']);
      expect((await get('/api/notes')).json()).toHaveLength(3);
      expect((await get('/api/notes/3')).json()).toEqual({ id: 3, text: 'Call Ada' });
      expect((await app.inject({ method: 'DELETE', url: '/api/notes/3' })).status).toBe(204);
      expect((await get('/api/notes/3')).status).toBe(404);
      expect((await post({ text: '' })).status).toBe(422);
    });

    it('so that a browser keeps the answer and asks about it, with a policy for data', async () => {
      const list = await get('/api/notes');
      expect(list.header('cache-control')).toBe('private, no-cache');
      expect(list.header('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      const tag = { 'if-none-match': list.header('etag')! };
      expect((await get('/api/notes', tag)).status).toBe(304);
      await post({ text: 'Call Ada' });
      expect((await get('/api/notes', tag)).status).toBe(200);
    });

    it('but refuses the page of another site that uses the browser of a visitor', async () => {
      const response = await post({ text: 'x' }, { 'sec-fetch-site': 'cross-site' });
      expect([response.status, response.json<{ code: string }>().code]).toEqual([403, 'csrf_refused']);
      expect((await post({ text: 'x' }, { 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    });
  });
});
