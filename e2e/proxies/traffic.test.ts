import { connect as connectHttp2 } from 'node:http2';
import { gunzipSync } from 'node:zlib';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { GUIDE_PROXIES } from './guide-proxies';
import { load } from './load';
import type { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(240_000);

const REQUESTS = 20_000;
const MEBIBYTE = 1024 * 1024;
const CLAIMS = [
  'X-Forwarded-For: 198.51.100.1',
  'X-Forwarded-Proto: ftp',
  'X-Forwarded-Host: evil.example',
  'Forwarded: for=198.51.100.1;proto=ftp;host=evil.example',
];

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start('behind');
});

afterAll(() => server.stop());

describe.each(GUIDE_PROXIES)('Behind %s with the configuration of docs/proxy.md', (name, start) => {
  let proxy: ProxyServer;
  let connection: RawConnection;

  beforeAll(async () => {
    proxy = await start(server.port);
  });

  afterAll(() => proxy?.stop());

  beforeEach(async () => {
    connection = await RawConnection.open(proxy.port);
  });

  afterEach(() => connection.cut());

  it(`${REQUESTS} requests are answered`, async () => {
    const outcome = await load(proxy.port, (sent) => sent < REQUESTS);
    expect(outcome).toEqual({ answered: REQUESTS, faults: [] });
  });

  it('the client is the one that the proxy names, whatever it claims', async () => {
    const { body } = await connection.ask('GET', '/client', ...CLAIMS);
    expect(JSON.parse(body.toString())).toEqual(['127.0.0.1', 'http', 'localhost']);
  });

  it('a request over TLS and HTTP/2 is known to be one of https', async () => {
    const session = connectHttp2(`https://localhost:${proxy.securePort}`, {
      host: '127.0.0.1',
      rejectUnauthorized: false,
    });
    try {
      const request = session.request({ ':path': '/client', ':authority': 'localhost' });
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual(['127.0.0.1', 'https', 'localhost']);
    } finally {
      session.destroy();
    }
  });

  it('an upload of 10 MB arrives, and comes back', async () => {
    const body = Buffer.alloc(10 * MEBIBYTE, 'sluice ');
    connection.send(formatHead('POST', '/echo', `Content-Length: ${body.byteLength}`), body);
    const response = await connection.readResponse();
    expect([response.status, response.body.equals(body)]).toEqual([200, true]);
  });

  it.each([
    ['of the route', '/small', 100_000],
    ['of the application', '/echo', 17 * MEBIBYTE],
  ])('a body above the limit %s is answered with 413', async (_, target, size) => {
    connection.send(formatHead('POST', target, `Content-Length: ${size}`), Buffer.alloc(size));
    expect((await connection.readResponse()).status).toBe(413);
  });

  it('a client that expects 100-continue gets it, and then its answer', async () => {
    connection.send(formatHead('POST', '/echo', 'Expect: 100-continue', 'Content-Length: 5'));
    expect((await connection.readResponse()).status).toBe(100);
    connection.send('hello');
    // Caddy sends one 100 of its own and passes on that of the application.
    let response = await connection.readResponse();
    while (response.status === 100) response = await connection.readResponse();
    expect([response.status, response.body.toString()]).toEqual([200, 'hello']);
  });

  it('each event reaches the client before the next one is made', async () => {
    connection.send(formatHead('GET', '/events'));
    for (let number = 1; number <= 3; number++) {
      await connection.readThrough(`data: ${number}`);
      await fetch(`http://127.0.0.1:${proxy.port}/received`, { method: 'POST' });
    }
  });

  it('a compressed answer stays compressed', async () => {
    const response = await connection.ask('GET', '/page', 'Accept-Encoding: gzip');
    expect([response.header('content-encoding'), response.header('vary')]).toEqual([
      'gzip',
      'Accept-Encoding',
    ]);
    expect(gunzipSync(response.body).toString()).toBe('sluice '.repeat(1000));
    expect((await connection.ask('GET', '/page')).header('content-encoding')).toBeUndefined();
  });

  it('a chunked upload arrives', async () => {
    const chunk = Buffer.concat([
      Buffer.from('100000\r\n'),
      Buffer.alloc(MEBIBYTE, 'a'),
      Buffer.from('\r\n'),
    ]);
    const head = formatHead('POST', '/echo', 'Transfer-Encoding: chunked');
    connection.send(head, chunk, chunk, '0\r\n\r\n');
    const response = await connection.readResponse();
    expect([name, response.status, response.body.byteLength]).toEqual([name, 200, 2 * MEBIBYTE]);
  });
});
