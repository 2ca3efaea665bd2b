/** The type check (`npm run check`) fails if a line after `@ts-expect-error` compiles. */
import { createApp, type App } from '@sluice/core';
import { compileOnly, expectType } from '../../core/test/compile-only';
import { testApp, type TestApp, type TestClient, type TestResponse } from '../src';

describe('the types of a test application', () => {
  it('accept the options of createApp, and an engine', async () => {
    compileOnly(() => [
      expectType<Promise<TestApp>>()(testApp({ routes: [], engine: 'socket' })),
      testApp(createApp as unknown as App, { engine: 'memory' }),
    ]);
    // @ts-expect-error -- unknown engine
    compileOnly(() => testApp({ engine: 'port' }));
    // @ts-expect-error -- unknown option
    compileOnly(() => testApp({ controller: [] }));
    // @ts-expect-error -- an application, not the promise of one
    compileOnly(() => testApp(createApp({})));
    await using app = await testApp({ routes: [] });
    expect(app.engine).toBeDefined();
  });

  it('describe requests and responses', () => {
    compileOnly(async (client = {} as TestClient) => {
      const response = await client.post('/', { json: { a: 1 }, query: { tag: ['a', 'b'] } });
      expectType<TestResponse>()(response);
      expectType<number>()(response.status);
      expectType<unknown>()(await response.json());
      expectType<{ a: number }>()(await response.json<{ a: number }>());
    });
    // @ts-expect-error -- a URL is a string
    compileOnly((client = {} as TestClient) => client.get(5));
    // @ts-expect-error -- the option is json, not data
    compileOnly((client = {} as TestClient) => client.post('/', { data: {} }));
    // @ts-expect-error -- the value of a form field cannot be an object
    compileOnly((client = {} as TestClient) => client.post('/', { form: { a: {} } }));
    // @ts-expect-error -- multipart must be FormData
    compileOnly((client = {} as TestClient) => client.post('/', { multipart: { a: 'b' } }));
    expect(testApp).toHaveLength(1);
  });
});
