import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readBlocks } from '../documents/read-blocks';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const GUIDE = readFileSync(path.resolve(__dirname, '../../docs/proxy.md'), 'utf8');
const CHUNKED = 'Transfer-Encoding: chunked';

let server: ServerProcess;
let proxy: ProxyServer | undefined;

beforeAll(async () => {
  server = await ServerProcess.start('behind');
});

afterAll(() => server.stop());

beforeEach(() => server.report());

/** Sends bytes, and returns the statuses of all answers until the proxy closes the connection. */
async function provoke(...pieces: readonly string[]): Promise<number[]> {
  const connection = await RawConnection.open(proxy!.port);
  connection.send(...pieces, formatHead('GET', '/', 'Connection: close'));
  const received = (await connection.readToEnd()).toString('latin1');
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}

async function ask(method: string, target: string, ...lines: readonly string[]): Promise<string> {
  const connection = await RawConnection.open(proxy!.port);
  const { status, body } = await connection.ask(method, target, ...lines);
  connection.cut();
  return status === 200 ? body.toString() : String(status);
}

/** The configuration of the guide, on the ports of this test and without TLS. */
const nginxOfTheGuide = (): string =>
  readBlocks(GUIDE, 'nginx')
    .join('\n')
    .replace('listen 443 ssl;', 'listen 127.0.0.1:PORT;')
    .replace('http2 on;', '')
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${server.port}`);

const haproxyOfTheGuide = (): string =>
  readBlocks(GUIDE, 'haproxy')
    .join('\n')
    .replace(/bind :443 .*/, 'bind 127.0.0.1:PORT')
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${server.port}`);

describe.each([
  ['nginx', () => ProxyServer.nginx(nginxOfTheGuide())],
  ['HAProxy', () => ProxyServer.haproxy(haproxyOfTheGuide())],
])('%s with the configuration of docs/proxy.md', (_name, start) => {
  beforeAll(async () => {
    proxy = await start();
    // HAProxy asks for the first time when it starts, and takes no request before the answer.
    while ((await ask('GET', '/')) !== 'alive') await new Promise((resolve) => setTimeout(resolve, 50));
  });

  afterAll(() => proxy?.stop());

  it('names the client, and not what the client claims', async () => {
    const claims = [
      'X-Forwarded-For: 198.51.100.1',
      'X-Forwarded-Proto: ftp',
      'X-Forwarded-Host: evil.example',
    ];
    expect(JSON.parse(await ask('GET', '/client', ...claims))).toEqual(['127.0.0.1', 'http', 'localhost']);
  });

  it('passes a thousand requests on, with bodies', async () => {
    const connection = await RawConnection.open(proxy!.port);
    for (let count = 0; count < 500; count++) {
      const text = `body ${count}`;
      connection.send(formatHead('POST', '/echo', `Content-Length: ${text.length}`) + text);
      expect((await connection.readResponse()).body.toString()).toBe(text);
      expect((await connection.ask('GET', '/')).status).toBe(200);
    }
    connection.cut();
  });

  it('passes a large body on in both directions', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 'sluice ');
    const response = await fetch(`http://127.0.0.1:${proxy!.port}/echo`, { method: 'POST', body });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  it.each([
    ['with an extension', '5;a=b\r\nhello\r\n0\r\n\r\n'],
    ['without trailers', '5\r\nhello\r\n0\r\n\r\n'],
  ])('makes a chunked body readable: %s', async (_, chunks) => {
    const connection = await RawConnection.open(proxy!.port);
    connection.send(formatHead('POST', '/echo', CHUNKED), chunks);
    expect((await connection.readResponse()).body.toString()).toBe('hello');
    connection.cut();
  });

  it('makes chunks whose lines end with LF readable, or refuses them', async () => {
    const connection = await RawConnection.open(proxy!.port);
    connection.send(formatHead('POST', '/echo', CHUNKED), '5\nhello\n0\n\n');
    const { status, body } = await connection.readResponse();
    connection.cut();
    expect(status === 400 || body.toString() === 'hello').toBe(true);
  });

  const smuggled = formatHead('GET', '/note?smuggled');
  it.each([
    [
      'behind a line without a name',
      formatHead('POST', '/ignore', ': v', `Content-Length: ${smuggled.length}`) + smuggled,
    ],
    [
      'behind two lengths',
      formatHead('POST', '/ignore', 'Content-Length: 0', `Content-Length: ${smuggled.length}`) + smuggled,
    ],
    [
      'behind a length and a coding',
      `${formatHead('POST', '/ignore', `Content-Length: ${smuggled.length + 5}`, CHUNKED)}0\r\n\r\n${smuggled}`.replace(
        smuggled,
        '',
      ),
    ],
    [
      'behind a coding with a byte that is not ASCII',
      `${formatHead('POST', '/ignore', 'Transfer-Encoding: \xffchunked')}0\r\n\r\n`,
    ],
    [
      'in the name of a trailer',
      `${formatHead('POST', '/ignore', CHUNKED)}0\r\nabGET: /note?smuggled HTTP/1.1\r\nX-Host: a\r\n\r\n`,
    ],
    [
      'in the value of a trailer',
      `${formatHead('POST', '/ignore', CHUNKED)}0\r\na:GET /note?smuggled HTTP/1.1\r\nX-Host: a\r\n\r\n`,
    ],
  ])('lets no request through that hides %s', async (_, bytes) => {
    await provoke(bytes);
    expect((await server.report()).notes).toEqual([]);
    expect(await ask('GET', '/')).toBe('alive');
  });
});

describe('nginx that speaks HTTP/1.0 to the application', () => {
  beforeAll(async () => {
    const old = nginxOfTheGuide().replace('proxy_http_version 1.1;', 'proxy_http_version 1.0;');
    proxy = await ProxyServer.nginx(old);
  });

  afterAll(() => proxy?.stop());

  it('gets 505 from the engine', async () => expect(await ask('GET', '/')).toBe('505'));
});

describe('HAProxy with a bare `option httpchk`', () => {
  beforeAll(async () => {
    const bare = haproxyOfTheGuide().replace(/http-check .*/, '');
    proxy = await ProxyServer.haproxy(bare.replace(/ check$/m, ' check inter 50ms fall 1'));
  });

  afterAll(() => proxy?.stop());

  it('finds the application down: it asks with HTTP/1.0', async () => {
    while ((await ask('GET', '/')) === 'alive') await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask('GET', '/')).toBe('503');
  });
});
