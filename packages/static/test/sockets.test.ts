import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, type App } from '@sluice/core';
import { listOpenFiles } from './list-open-files';
import { Site } from './site';
import { staticFiles } from '../src';

const LARGE = Buffer.alloc(20_000_000, 'sluice ');
let site: Site;
let app: App;
let port: number;

beforeEach(async () => {
  site = new Site({
    'index.html': 'home',
    'app.js': 'console.log(1)',
    'app.js.gz': 'GZIP',
    'private/a.txt': 'for members only',
    'large.bin': LARGE,
  });
  app = await createApp({
    middleware: [staticFiles({ root: site.root, precompressed: ['gzip'] })],
    development: false,
  });
  ({ port } = await app.listen({ port: 0, handleSignals: false }));
});
afterEach(async () => {
  await app.close();
  site[Symbol.dispose]();
});

/** Sends the path as it is, which `fetch` would normalise. */
async function send(path: string, method = 'GET', headers: Record<string, string> = {}) {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let time = 0; time < 200 && !isTrue(); time += 1) await sleep(20);
  expect(isTrue()).toBe(true);
}

describe('on a socket', () => {
  it('small and large files arrive whole, with their lengths', async () => {
    for (let time = 0; time < 3; time += 1) {
      const small = await send('/app.js');
      expect([small.status, small.headers['content-length'], small.body.toString()]).toEqual([
        200,
        '14',
        'console.log(1)',
      ]);
      const packed = await send('/app.js', 'GET', { 'accept-encoding': 'gzip' });
      expect([packed.headers['content-encoding'], packed.body.toString()]).toEqual(['gzip', 'GZIP']);
    }
    const large = await send('/large.bin');
    expect([large.headers['content-length'], large.body.equals(LARGE)]).toEqual(['20000000', true]);
    const part = await send('/large.bin', 'GET', { range: 'bytes=10000000-10999999' });
    expect([part.status, part.body.equals(LARGE.subarray(10_000_000, 11_000_000))]).toEqual([206, true]);
  });

  it('HEAD has the length and no body, and 304, 405, 412 and 416 have lengths that are true', async () => {
    for (const url of ['/app.js', '/large.bin', '/']) {
      const [head, whole] = [await send(url, 'HEAD'), await send(url)];
      expect([head.headers['content-length'], head.body.length]).toEqual([String(whole.body.length), 0]);
      const tag = whole.headers.etag!;
      expect((await send(url, 'GET', { 'if-none-match': tag })).status).toBe(304);
      expect((await send(url, 'GET', { 'if-match': '"x"' })).status).toBe(412);
      const beyond = await send(url, 'GET', { range: 'bytes=99999999-' });
      expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.body.length}`]);
      expect((await send(url, 'DELETE')).status).toBe(405);
    }
  });

  it.each([
    '//private/a.txt',
    '/./private/a.txt',
    '/x/../private/a.txt',
    '/private%2fa.txt',
    '/%70rivate/a.txt',
  ])('%s arrives as it was sent, and is refused', async (path) => {
    const { status, body } = await send(path);
    expect([status, body.includes('members')]).toEqual([404, false]);
  });
});

describe('a client that does not read', () => {
  it('holds one open file and little memory, and its end closes the file', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const socket = connect(port, '127.0.0.1').pause();
    socket.write('GET /large.bin HTTP/1.1\r\nHost: a.example\r\n\r\n');
    await waitFor(() => listOpenFiles(site.root).length === 1 || process.platform !== 'linux');
    await sleep(300);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(LARGE.length / 2);
    expect(listOpenFiles(site.root).length).toBeLessThanOrEqual(1);
    socket.destroy();
    await waitFor(() => listOpenFiles(site.root).length === 0);
  });

  it('and a hundred that leave in the middle leave no open file', async () => {
    const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write('GET /large.bin HTTP/1.1\r\nHost: a.example\r\n\r\n');
      socket.once('data', () => socket.destroy());
    }
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    await waitFor(() => listOpenFiles(site.root).length === 0);
    expect((await send('/app.js')).status).toBe(200);
  });
});
