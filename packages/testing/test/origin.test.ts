import { createApp } from '@sluice/core';
import { testApp } from '../src';

describe('The origin of a client', () => {
  it.each([
    ['https://app.example', 'https app.example'],
    ['http://app.example:8080', 'http app.example:8080'],
    [undefined, 'http localhost'],
  ])('%s is the protocol and host of requests in memory', async (origin, expected) => {
    const app = await testApp(
      await createApp({
        routes: [
          { method: 'GET', path: '/', handler: ({ request }) => `${request.protocol} ${request.host}` },
        ],
      }),
      { engine: 'memory' },
    );
    const client = app.client({ ...(origin !== undefined && { origin }) });
    expect(await (await client.get('/')).text()).toBe(expected);
    expect(await (await client.get('https://other.example/')).text()).toBe('https other.example');
    await app.close();
  });
});
