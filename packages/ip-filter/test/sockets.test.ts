import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type ListenOptions, type Middleware } from '@sluice/core';
import { ipFilter, type IpFilterOptions } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
const REQUEST = 'GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-For: 10.0.0.7\r\n\r\n';
/** Sends requests, each on a connection that it resets soon. */
const RESET = `
const [port, request, count] = process.argv.slice(1);
for (let index = 0; index < Number(count); index += 1) {
  const socket = require('node:net').connect(Number(port), '127.0.0.1').on('error', () => undefined);
  socket.write(request, () => setTimeout(() => socket.resetAndDestroy(), index % 4));
}
`;

describe.each(ENGINES)('on sockets, %s', (engine) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-filter-'));
  let app: App;
  afterEach(() => app.close({ timeoutMs: 0 }));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function listen(options: IpFilterOptions, place: ListenOptions): Promise<number> {
    app = await createApp({
      engine,
      middleware: [ipFilter(options)],
      routes: [{ method: 'GET', path: '/', handler: () => 'OK' }],
      logger: { info() {}, warn() {}, error() {} },
    });
    return (await app.listen({ ...place, handleSignals: false })).port;
  }

  async function readStatus(target: { port: number; host: string } | { path: string }): Promise<string> {
    const socket = connect(target);
    socket.write(REQUEST);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString('latin1').slice(9, 12);
  }

  it('finds an IPv4 client of a server of both families in an IPv4 range', async () => {
    const port = await listen({ allow: ['127.0.0.0/8'] }, { port: 0, host: '::' });
    expect(await readStatus({ port, host: '127.0.0.1' })).toBe('200');
    expect(await readStatus({ port, host: '::1' })).toBe('403');
  });

  it('denies an IPv4 client of such a server', async () => {
    const port = await listen({ deny: ['127.0.0.1'] }, { port: 0, host: '::' });
    expect(await readStatus({ port, host: '127.0.0.1' })).toBe('403');
    expect(await readStatus({ port, host: '::1' })).toBe('200');
  });

  it('knows the client of a Unix socket as unix', async () => {
    const socket = path.join(folder, `${engine}.sock`);
    await listen({ allow: ['unix'] }, { socket });
    expect(await readStatus({ path: socket })).toBe('200');
    await app.close({ timeoutMs: 0 });
    await listen({ allow: ['loopback', 'private'] }, { socket });
    expect(await readStatus({ path: socket })).toBe('403');
  });

  describe.each<[string, IpFilterOptions, string[]]>([
    ['its list denies it', { deny: ['127.0.0.1'] }, ['private']],
    ['its list allows clients without one', { allow: ['172.16.0.0/12', 'unix'] }, ['private']],
    ['clients without one are trusted proxies', { allow: ['10.0.0.7'] }, ['unix']],
  ])(
    'refuses a client that has left, so that its address is not known, where %s',
    (_, options, trustProxy) => {
      let runs: number;
      beforeEach(() => (runs = 0));

      async function listenWith(...middleware: readonly Middleware[]): Promise<number> {
        app = await createApp({
          engine,
          trustProxy,
          routes: [
            { method: 'GET', path: '/', middleware, handler: () => void (runs += 1) },
            { method: 'GET', path: '/other', handler: () => 'OK' },
          ],
          logger: { info() {}, warn() {}, error() {} },
        });
        return (await app.listen({ port: 0, handleSignals: false })).port;
      }

      it('before the filter runs', async () => {
        const [entered, left, ended] = [makeGate(), makeGate(), makeGate()];
        const hold: Middleware = {
          name: 'hold',
          async handle(context, next) {
            context.onResponseEnd(ended.open);
            entered.open();
            await left.opened;
            await next();
          },
        };
        const port = await listenWith(hold, ipFilter(options));
        const socket = connect(port, '127.0.0.1');
        socket.write(REQUEST);
        await entered.opened;
        socket.resetAndDestroy();
        // The server has seen the reset when it answers a later connection.
        await (await fetch(`http://127.0.0.1:${port}/other`)).text();
        left.open();
        await ended.opened;
        expect(runs).toBe(0);
      });

      it('before the server looks at its connection', async () => {
        const port = await listenWith(ipFilter(options));
        // It looks when this child has ended.
        execFileSync(process.execPath, ['-e', RESET, String(port), REQUEST, '1']);
        for (let count = 0; count < 3; count += 1)
          await (await fetch(`http://127.0.0.1:${port}/other`)).text();
        expect(runs).toBe(0);
      });

      it('while the server reads the requests of others', async () => {
        const port = await listenWith(ipFilter(options));
        await once(spawn(process.execPath, ['-e', RESET, String(port), REQUEST, '200']), 'exit');
        await (await fetch(`http://127.0.0.1:${port}/other`)).text();
        expect(runs).toBe(0);
      });
    },
  );
});

/** A promise, and the function that resolves it. */
function makeGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
