import { createApp, type Context, type Next } from '../../../src';
import { isRefused } from '../../../src/kit';

describe('isRefused', () => {
  it.each([
    ['GET', { host: 'a b' }, true],
    ['GET', {}, false],
  ])('of %s with the headers %j is %s', async (method, headers, expected) => {
    const seen: boolean[] = [];
    const app = await createApp({
      middleware: [(context: Context, next: Next) => (seen.push(isRefused(context)), next())],
    });
    await app.inject({ method, url: '/', headers });
    expect(seen).toEqual([expected]);
  });
});
