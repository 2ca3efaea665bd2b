import {
  Catch,
  Controller,
  createApp,
  fastapiErrors,
  Get,
  HttpError,
  nestErrors,
  notFound,
  Query,
  type App,
  type AppOptions,
} from '@sluice/core';

class OutOfStock extends HttpError {
  constructor(detail: string) {
    super(409, { code: 'out_of_stock', detail });
  }
}
class SoldOut extends OutOfStock {}
class Broken extends Error {}

@Controller('/shop')
@Catch(OutOfStock, () => 'out of stock, says the controller')
@Catch(404, () => 'not found, says the controller')
class ShopController {
  @Get('/method')
  @Catch(OutOfStock, () => 'out of stock, says the method')
  method() {
    throw new SoldOut('none');
  }

  @Get('/derived')
  @Catch(OutOfStock, () => 'out of stock, says the method')
  @Catch(SoldOut, () => 'sold out, says the method')
  derived() {
    throw new SoldOut('none');
  }

  @Get('/status')
  @Catch(409, () => '409, says the method')
  @Catch(SoldOut, () => 'sold out, says the method')
  status() {
    throw new SoldOut('none');
  }

  @Get('/controller')
  controller() {
    throw new SoldOut('none');
  }

  @Get('/missing')
  missing() {
    throw notFound();
  }

  @Get('/broken')
  broken() {
    throw new Broken('a secret');
  }

  @Get('/late')
  async late() {
    await new Promise((resolve) => setImmediate(resolve));
    throw new TypeError('a secret');
  }

  @Get('/limit')
  limit(@Query('limit') limit: number) {
    return limit;
  }
}

class Rescue {
  @Catch(Broken)
  answer() {
    return 'broken, says the application';
  }
}

const logger = { info() {}, warn() {}, error() {} };

describe('An error', () => {
  let app: App | undefined;
  let url = '';

  afterEach(() => app?.close({ timeoutMs: 0 }));

  async function open(options: AppOptions = {}): Promise<void> {
    app = await createApp({ controllers: [ShopController], logger, development: false, ...options });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  }

  async function ask(path: string, accept = '*/*'): Promise<{ status: number; type: string; text: string }> {
    const response = await fetch(url + path, { headers: { accept } });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, text: await response.text() };
  }

  it.each([
    ['the method before the controller', '/shop/method', 409, 'out of stock, says the method'],
    ['the most derived class', '/shop/derived', 409, 'sold out, says the method'],
    ['a status before a class', '/shop/status', 409, '409, says the method'],
    ['the controller', '/shop/controller', 409, 'out of stock, says the controller'],
    ['the controller, by status', '/shop/missing', 404, 'not found, says the controller'],
    ['the application', '/shop/broken', 500, 'broken, says the application'],
    ['the application, by status, where there is no route', '/none', 404, 'nothing here'],
  ])('is answered by the nearest handler that fits: %s', async (_what, path, status, text) => {
    await open({ errorHandlers: [Rescue, { error: 404, handle: () => 'nothing here' }] });
    expect(await ask(path)).toMatchObject({ status, text });
  });

  it.each([
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'page'],
    ['text/html;q=0.5, application/json', 'json'],
    ['application/json;q=0.5, text/html;q=0.6', 'page'],
    ['text/html, application/problem+json', 'page'],
    ['text/html;q=0', 'json'],
    ['text/*', 'json'],
    ['text/html;q=two', 'json'],
  ])('is for who accepts %s a %s', async (accept, form) => {
    await open();
    for (const path of ['/shop/late', '/none', '/shop/limit?limit=many']) {
      const { type, text } = await ask(path, accept);
      expect(type).toBe(form === 'json' ? 'application/problem+json' : 'text/html; charset=utf-8');
      expect(text).not.toMatch(/secret|many|errors\.test/);
    }
  });

  it('has its stack and the lines of source round it in development only', async () => {
    await open({ development: true });
    expect((await ask('/shop/late', 'application/json')).text).toMatch(/a secret.*errors\.test\.ts/);
    const page = await ask('/shop/late', 'text/html');
    expect(page.text).toContain('errors.test.ts');
    expect(page.text).toContain('throw new TypeError(');
    expect((await ask('/none', 'application/json')).text).not.toContain('stack');
  });

  it('has the shape of FastAPI or NestJS where that is asked for', async () => {
    await open({ formatError: fastapiErrors });
    expect(JSON.parse((await ask('/none')).text)).toEqual({ detail: expect.any(String) });
    expect(JSON.parse((await ask('/shop/limit?limit=many')).text)).toMatchObject({
      detail: [{ loc: ['query', 'limit'] }],
    });
    await app?.close({ timeoutMs: 0 });
    await open({ formatError: nestErrors });
    expect(JSON.parse((await ask('/none')).text)).toMatchObject({ statusCode: 404, error: 'Not Found' });
    const refused = await ask('/shop/limit?limit=many');
    expect([refused.status, refused.text]).toEqual([422, expect.not.stringContaining('many')]);
  });
});
