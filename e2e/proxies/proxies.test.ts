import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { GUIDE_PROXIES } from './guide-proxies';
import type { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

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

describe.each(GUIDE_PROXIES)('%s with the configuration of docs/proxy.md', (_name, start) => {
  beforeAll(async () => {
    proxy = await start(server.port);
  });

  afterAll(() => proxy?.stop());

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
    // Caddy blames the application, with 502.
    expect(status >= 400 || body.toString() === 'hello').toBe(true);
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
      'in a trailer that it announces',
      `${formatHead('POST', '/ignore', CHUNKED, 'Trailer: a')}0\r\na:GET /note?smuggled HTTP/1.1\r\nX-Host: a\r\n\r\n`,
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
