import { ConfigurationError, Controller, createApp, Get, SkipMiddleware, UseMiddleware } from '@sluice/core';
import fc from 'fast-check';
import { ipFilter, type IpFilterOptions } from '../src';

async function makeApp(options: IpFilterOptions, trustProxy?: readonly string[]) {
  return createApp({
    ...(trustProxy && { trustProxy }),
    middleware: [ipFilter(options)],
    routes: [{ method: 'GET', path: '/', handler: () => 'OK' }],
  });
}

async function readStatus(options: IpFilterOptions, address: string): Promise<number> {
  return (await (await makeApp(options)).inject({ url: '/', address })).status;
}

describe('the example of the README', () => {
  it('lets the office and the private network pass, except for a part of it', async () => {
    const app = await makeApp({ allow: ['private', '203.0.113.0/24'], deny: ['10.9.0.0/16'] });
    const ask = async (address: string) => (await app.inject({ url: '/', address })).status;
    expect([await ask('10.1.2.3'), await ask('203.0.113.9')]).toEqual([200, 200]);
    expect([await ask('10.9.0.1'), await ask('198.51.100.1')]).toEqual([403, 403]);
  });

  it('works on a controller and a method', async () => {
    @Controller('/admin')
    @UseMiddleware(ipFilter({ allow: ['private'] }))
    class AdminController {
      @Get() show() {
        return 'admin';
      }
      @Get('/keys')
      @UseMiddleware(ipFilter({ allow: ['10.0.0.7'], status: 404 }))
      keys() {
        return 'keys';
      }
      @Get('/open')
      @SkipMiddleware('ipFilter')
      open() {
        return 'open';
      }
    }
    const app = await createApp({ controllers: [AdminController] });
    const ask = async (url: string, address: string) => (await app.inject({ url, address })).status;
    expect(await ask('/admin', '10.0.0.8')).toBe(200);
    expect([await ask('/admin/keys', '10.0.0.7'), await ask('/admin/keys', '10.0.0.8')]).toEqual([200, 404]);
    expect(await ask('/admin/keys', '8.8.8.8')).toBe(403);
    expect(await ask('/admin/open', '8.8.8.8')).toBe(200);
  });
});

describe('a list', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.0/25', '192.0.2.127', true],
    ['192.0.2.0/25', '192.0.2.128', false],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/33', '2001:db8:7fff:ffff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['2001:DB8:0:0::1', '2001:db8::1', true],
    ['::ffff:192.0.2.0/120', '192.0.2.200', true],
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['192.0.2.0/24', '::ffff:c000:209', true],
    ['192.0.2.0/24', '::192.0.2.9', false],
    ['loopback', '127.8.9.1', true],
    ['loopback', '::1', true],
    ['private', '172.31.255.255', true],
    ['private', '172.32.0.0', false],
    ['private', 'fd12::1', true],
    ['private', 'fe80::1', false],
    ['all', '2001:db8::1', true],
  ])('with %s, has %s: %s', async (entry, address, has) => {
    expect(await readStatus({ allow: [entry] }, address)).toBe(has ? 200 : 403);
    expect(await readStatus({ deny: [entry] }, address)).toBe(has ? 403 : 200);
  });

  it('has a client without an address only by the names unix and all', async () => {
    expect(await readStatus({ allow: ['private', 'loopback', '0.0.0.0/0'] }, '')).toBe(403);
    expect(await readStatus({ allow: ['private', 'unix'] }, '')).toBe(200);
    expect(await readStatus({ allow: ['all'] }, '')).toBe(200);
    expect(await readStatus({ deny: ['private', '0.0.0.0/0'] }, '')).toBe(200);
    expect(await readStatus({ deny: ['unix'] }, '')).toBe(403);
    expect(await readStatus({ deny: ['all'] }, '')).toBe(403);
  });

  it('denies what the other one allows', async () => {
    expect(await readStatus({ allow: ['all'], deny: ['10.0.0.7'] }, '10.0.0.7')).toBe(403);
    expect(await readStatus({ allow: ['10.0.0.7'], deny: ['10.0.0.0/8'] }, '10.0.0.7')).toBe(403);
    expect(await readStatus({ allow: ['10.0.0.7'], deny: ['all'] }, '10.0.0.7')).toBe(403);
  });

  it('has an IPv4 address exactly when its first bits are those of the range', async () => {
    const address = fc.ipV4();
    await fc.assert(
      fc.asyncProperty(address, address, fc.integer({ min: 0, max: 32 }), async (base, client, bits) => {
        const isIn = bits === 0 || (toNumber(base) ^ toNumber(client)) >>> (32 - bits) === 0;
        expect(await readStatus({ allow: [`${base}/${bits}`] }, client)).toBe(isIn ? 200 : 403);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps its answers however many clients ask', async () => {
    const app = await makeApp({ deny: ['10.0.1.0/24'] });
    for (let client = 0; client < 600; client += 1) {
      const address = `10.0.${client % 2}.${client % 250}`;
      expect((await app.inject({ url: '/', address })).status).toBe(client % 2 === 1 ? 403 : 200);
    }
  });
});

describe('a refusal', () => {
  it('is a 403 with problem details that no cache stores, and names no address', async () => {
    const app = await makeApp({ allow: ['192.0.2.7'] });
    const response = await app.inject({ url: '/', address: '198.51.100.1' });
    expect(response.header('content-type')).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ status: 403, code: 'address_refused' });
    expect(response.header('cache-control')).toBe('no-store');
    expect(response.text()).not.toMatch(/198\.51|192\.0/);
  });

  it('can be the 404 of a path without a route', async () => {
    const hidden = await makeApp({ allow: ['192.0.2.7'], status: 404 });
    const plain = await createApp({});
    const [refused, missing] = [await hidden.inject({ url: '/' }), await plain.inject({ url: '/' })];
    expect(refused.status).toBe(404);
    expect({ ...refused.json<object>(), instance: '' }).toEqual({ ...missing.json<object>(), instance: '' });
  });

  it('comes before the next step, for paths without a route and for preflights too', async () => {
    let runs = 0;
    const app = await createApp({
      middleware: [ipFilter({ deny: ['all'] }), (_context, next) => ((runs += 1), next())],
      routes: [{ method: 'PUT', path: '/', handler: () => 'OK' }],
    });
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
    expect((await app.inject({ method: 'OPTIONS', url: '/', headers })).status).toBe(403);
    expect((await app.inject({ url: '/nowhere' })).status).toBe(403);
    expect((await app.inject({ method: 'PUT', url: '/' })).status).toBe(403);
    expect(runs).toBe(0);
  });
});

describe('behind a proxy', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9' };

  it('is about the client that a trusted proxy reports', async () => {
    const app = await makeApp({ allow: ['203.0.113.0/24'] }, ['loopback']);
    expect((await app.inject({ url: '/', address: '127.0.0.1', headers })).status).toBe(200);
    expect((await app.inject({ url: '/', address: '127.0.0.1' })).status).toBe(403);
    const mapped = { 'x-forwarded-for': '[::ffff:203.0.113.9]:4711' };
    expect((await app.inject({ url: '/', address: '127.0.0.1', headers: mapped })).status).toBe(200);
  });

  it('does not believe other clients', async () => {
    const app = await makeApp({ allow: ['203.0.113.0/24'] }, ['loopback']);
    expect((await app.inject({ url: '/', address: '198.51.100.1', headers })).status).toBe(403);
    const direct = await makeApp({ allow: ['203.0.113.0/24'] });
    expect((await direct.inject({ url: '/', address: '127.0.0.1', headers })).status).toBe(403);
  });
});

describe('the options of ipFilter', () => {
  function readProblems(options: unknown) {
    try {
      ipFilter(options as IpFilterOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  }

  it('are in the plan', () => {
    const { options } = ipFilter({ allow: ['private'] });
    expect(options).toEqual({ allow: ['private'], deny: undefined, status: 403 });
  });

  it.each([
    [{ allow: '10.0.0.1' }],
    [{ allow: [] }],
    [{ deny: [] }],
    [{ allow: 1 }],
    [{ allow: ['10.0.0.0/33'] }],
    [{ allow: ['10.0.0.256'] }],
    [{ allow: ['010.0.0.1'] }],
    [{ allow: ['10.0.0.0-10.0.0.9'] }],
    [{ allow: ['10.0.0.*'] }],
    [{ deny: ['::1/129'] }],
    [{ deny: ['::/0'] }],
    [{ deny: ['fe80::1%eth0'] }],
    [{ deny: ['localhost'] }],
    [{ deny: [undefined] }],
    [{ deny: ['all'], status: 200 }],
    [{ deny: ['all'], status: '403' }],
  ])('reject %j', (options) => {
    expect(readProblems(options)).toMatchObject([{ code: 'OPTION_INVALID', place: 'ipFilter()' }]);
  });

  it('need a list', () => {
    const missing = [{ code: 'OPTION_MISSING', fault: 'allow or deny is required.' }];
    expect(readProblems({})).toMatchObject(missing);
    expect(readProblems({ status: 404 })).toMatchObject(missing);
  });

  it('reject an unknown name, and show the right one', () => {
    expect(readProblems({ allows: ['private'], deny: ['all'] })).toMatchObject([
      { code: 'OPTION_UNKNOWN', cure: 'Write allow instead.' },
    ]);
  });
});

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0;
}
