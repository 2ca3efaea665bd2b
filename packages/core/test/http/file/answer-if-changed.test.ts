import { createApp, Reply, type App } from '../../../src';
import { answerIfChanged } from '../../../src/kit';

const HEADERS = { ETag: '"a"', 'Cache-Control': 'no-cache', 'Content-Encoding': 'br' };

describe('answerIfChanged', () => {
  let app: App;

  beforeAll(async () => {
    const handler = ({ request }: { request: Parameters<typeof answerIfChanged>[0] }) =>
      answerIfChanged(request, HEADERS, () => new Reply('text', 'text/plain', undefined, HEADERS));
    app = await createApp({ routes: [{ method: 'GET', path: '/', handler }] });
  });

  it.each([
    [{}, 200, 'br'],
    [{ 'If-None-Match': '"b"' }, 200, 'br'],
    [{ 'If-None-Match': 'W/"a"' }, 304, undefined],
    [{ 'If-Match': '"a"' }, 200, 'br'],
    [{ 'If-Match': '"b"' }, 412, undefined],
  ])('answers a client with %j with %d', async (headers, status, coding) => {
    const response = await app.inject({ url: '/', headers });
    expect([response.status, response.headers['content-encoding']]).toEqual([status, coding]);
    if (status === 304) expect(response.headers).toMatchObject({ etag: '"a"', 'cache-control': 'no-cache' });
  });
});
