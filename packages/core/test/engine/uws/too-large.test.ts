import { createApp, type App } from '../../../src';

const MEBIBYTE = 1024 * 1024;

describe('the refusal of a body over the limit', () => {
  let app: App;
  let url: string;

  beforeAll(async () => {
    app = await createApp({
      engine: 'uws',
      routes: [
        { method: 'POST', path: '/read', handler: (context) => context.request.bytes() },
        { method: 'POST', path: '/ignore', handler: () => 'not read' },
      ],
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(() => app.close());

  it.each(['/read', '/ignore'])('reaches a client that is still sending to %s', async (path) => {
    for (let round = 0; round < 5; round++) {
      const response = await fetch(url + path, { method: 'POST', body: new Uint8Array(10 * MEBIBYTE) });
      expect(response.status).toBe(413);
      expect(response.headers.get('connection')).toBe('close');
      expect(await response.json()).toMatchObject({ code: 'content_too_large' });
    }
  });
});
