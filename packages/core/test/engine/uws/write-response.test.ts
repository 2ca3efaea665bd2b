import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { createApp, guard, noContent, stream, type App } from '../../../src';

describe('A response without a body', () => {
  let app: App;
  let port: number;

  beforeAll(async () => {
    app = await createApp({
      engine: 'uws',
      routes: [
        { method: 'GET', path: '/empty', handler: () => noContent() },
        { method: 'GET', path: '/last', handler: () => noContent({ headers: { Connection: 'close' } }) },
        { method: 'GET', path: '/stream', handler: () => stream(Readable.from(['abc'])) },
        { method: 'GET', path: '/text', handler: () => 'four' },
        { method: 'POST', path: '/early', handler: () => 'late', middleware: [guard(() => noContent())] },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(() => app.close({ timeoutMs: 0 }));

  it('announces no length with 204', async () => {
    expect(await readHead('GET /empty')).not.toMatch(/content-length/i);
  });

  it('has one Connection: close, and announces no length', async () => {
    const head = await readHead('GET /last');
    expect(head).not.toMatch(/content-length/i);
    expect(head.match(/^connection:.*$/gim)).toEqual(['Connection: close']);
  });

  it('announces no length with HEAD if it is not known', async () => {
    expect(await readHead('HEAD /stream')).not.toMatch(/content-length/i);
  });

  it('announces with HEAD the length that GET has', async () => {
    expect(await readHead('HEAD /text')).toMatch(/^Content-Length: 4$/im);
  });

  it('keeps the connection open for the next request after HEAD and 204', async () => {
    for (const first of ['HEAD /text', 'HEAD /stream', 'GET /empty']) {
      const head = await readHead(first, 'GET /text HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\nContent-Type: text\/plain/m);
    }
  });

  it('closes the connection if a body over 16 MiB was announced, without ending the process', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: ${16 * 1024 * 1024 + 1}\r\n\r\n`);
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    expect(received).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
    expect(received).toMatch(/^Connection: close\r$/m);
    expect(await readHead('GET /text')).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  /** Reads the head of the response; with a second request, which is sent after the first response, that of its response. */
  function readHead(request: string, second = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(`${request} HTTP/1.1\r\nHost: a\r\n\r\n`));
      let received = '';
      let next = second;
      socket.on('close', () => reject(new Error('The connection was closed.')));
      socket.on('error', reject).on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (!received.includes('\r\n\r\n')) return;
        if (next !== '') {
          received = '';
          socket.write(next);
          next = '';
          return;
        }
        socket.destroy();
        resolve(received.slice(0, received.indexOf('\r\n\r\n')).replaceAll('\r', ''));
      });
    });
  }
});
