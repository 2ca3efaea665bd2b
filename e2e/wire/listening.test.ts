import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type ListenOptions } from '@sluice/core';
import { RawConnection } from '../sockets/raw-connection';
import { findFreePort } from '../sockets/find-free-port';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const hasIPv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

describe('Listening', () => {
  const opened: App[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-listen-'));

  afterEach(async () => {
    for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  async function listen(name: string, options: ListenOptions) {
    const app = await createApp({
      routes: [
        { method: 'GET', path: '/', handler: () => name },
        { method: 'GET', path: '/address', handler: ({ request }) => request.address },
      ],
    });
    opened.push(app);
    return app.listen({ handleSignals: false, ...options });
  }

  it('takes a free port where 0 is asked for, and says which', async () => {
    const { port, host, url } = await listen('a', { port: 0 });
    expect(port).toBeGreaterThan(0);
    expect([host, url]).toEqual(['127.0.0.1', `http://127.0.0.1:${port}`]);
    expect(await (await fetch(url)).text()).toBe('a');
  });

  it('never shares a port: the second says PORT_IN_USE and the first keeps every connection', async () => {
    const { port } = await listen('first', { port: 0 });
    await expect(listen('second', { port })).rejects.toMatchObject({
      problems: [{ code: 'PORT_IN_USE', fault: `Another process listens on 127.0.0.1:${port}.` }],
    });
    for (let count = 0; count < 20; count++) {
      const connection = await RawConnection.open(port);
      expect((await connection.ask('GET', '/')).body.toString()).toBe('first');
      connection.cut();
    }
  });

  it('takes a chosen port again at once, also where the server has closed connections on it', async () => {
    const port = await findFreePort();
    for (const name of ['first', 'second', 'third']) {
      await listen(name, { port });
      const connection = await RawConnection.open(port);
      expect((await connection.ask('GET', '/')).body.toString()).toBe(name);
      await opened.pop()?.close({ timeoutMs: 0 });
      connection.cut();
    }
  });

  it('does not share with another server either', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    );
    await expect(listen('a', { port })).rejects.toMatchObject({ problems: [{ code: 'PORT_IN_USE' }] });
    await new Promise((resolve) => other.close(resolve));
  });

  it('may be tried again elsewhere after it failed, by a new application', async () => {
    const { port } = await listen('first', { port: 0 });
    const app = await createApp({ routes: [] });
    await expect(app.listen({ port })).rejects.toThrow('PORT_IN_USE');
    await expect(app.listen({ port: 0 })).rejects.toThrow('APP_CLOSED');
    const { url } = await listen('second', { port: 0 });
    expect(await (await fetch(url)).text()).toBe('second');
  });

  it.each<[string, ListenOptions, RegExp]>([
    [
      'an address of another machine',
      { host: '192.0.2.1', port: 0 },
      /LISTEN_FAILED[^]*192\.0\.2\.1:0: this machine does not have that address/,
    ],
    [
      'a host that does not exist',
      { host: 'no.such.host.invalid', port: 0 },
      /LISTEN_FAILED[^]*no\.such\.host\.invalid/,
    ],
    [
      'a socket in a folder that does not exist',
      { socket: path.join(folder, 'none/a.sock') },
      /LISTEN_FAILED[^]*the folder of the socket does not exist/,
    ],
    ['a port that is none', { port: 65_536 }, /OPTION_INVALID/],
  ])('says what is wrong with %s', async (_, options, message) => {
    await expect(listen('a', options)).rejects.toThrow(message);
  });

  it('says that a port is for root only, where it is', async () => {
    const mayTakeAnyPort = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(81, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    const listening = listen('a', { port: 81 }).then(
      ({ port }) => `listens on ${port}`,
      (error: Error) => error.message,
    );
    expect(await listening).toMatch(
      mayTakeAnyPort ? /^listens on 81$/ : /LISTEN_FAILED[^]*81: this user may not/,
    );
  });

  it('works on IPv6, if there is one, and gives addresses in their shortest form', async () => {
    if (!hasIPv6) {
      await expect(listen('six', { host: '::1', port: 0 })).rejects.toThrow('LISTEN_FAILED');
      return;
    }
    const { port, url } = await listen('six', { host: '::1', port: 0 });
    expect(url).toBe(`http://[::1]:${port}`);
    const connection = await RawConnection.open({ host: '::1', port });
    expect((await connection.ask('GET', '/address')).body.toString()).toBe('::1');
    connection.cut();
  });

  it('works on both at once, and gives IPv4 addresses as such', async () => {
    const { port } = await listen('both', { host: hasIPv6 ? '::' : '0.0.0.0', port: 0 });
    const four = await RawConnection.open({ host: '127.0.0.1', port });
    expect((await four.ask('GET', '/address')).body.toString()).toBe('127.0.0.1');
    four.cut();
    if (!hasIPv6) return;
    const six = await RawConnection.open({ host: '::1', port });
    expect((await six.ask('GET', '/address')).body.toString()).toBe('::1');
    six.cut();
  });
});
