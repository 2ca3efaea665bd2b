import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type ListenOptions } from '@sluice/core';
import { ipFilter, type IpFilterOptions } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
const REQUEST = 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n';

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
});
