import { createApp, HttpError } from '../../src';

describe('the response of an HttpError', () => {
  it.each([204, 304])('says nothing of a body where its status %i has none', async (status) => {
    const app = await createApp({
      development: true,
      routes: [
        {
          method: 'GET',
          path: '/',
          handler: () => new HttpError(status, { headers: { ETag: '"a"', 'X-Kept': 'yes' } }),
        },
      ],
    });
    const response = await app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(response.status).toBe(status);
    expect(response.body).toHaveLength(0);
    expect(response.header('content-type')).toBeUndefined();
    expect(response.header('etag')).toBe('"a"');
    expect(response.header('x-kept')).toBe('yes');
  });
});
