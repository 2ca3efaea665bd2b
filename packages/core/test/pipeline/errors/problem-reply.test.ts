import { createApp, HttpError } from '../../../src';
import { prefersPage } from '../../../src/pipeline/errors/problem-reply';

describe('the response of an HttpError', () => {
  it.each([204, 304])('has no headers of a body if its status %i forbids one', async (status) => {
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

describe('prefersPage', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json;q=0.5, text/html;q=0.8',
  ])('answers yes to %s', (accept) => expect(prefersPage(accept)).toBe(true));

  it.each([
    undefined,
    '',
    '*/*',
    'text/*',
    'application/json',
    'text/html;q=0',
    'text/html;q=0.5, application/json',
  ])('answers no to %s', (accept) => expect(prefersPage(accept)).toBe(false));
});
