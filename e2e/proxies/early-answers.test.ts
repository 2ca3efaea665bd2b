import { formatHead, RawConnection, type RawResponse } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { GUIDE_PROXIES } from './guide-proxies';
import { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const MEBIBYTE = 1024 * 1024;
const ROUNDS = 30;
const KEPT = 'proxy_set_header Connection "";';

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start('bodies');
});

afterAll(() => server.stop());

function startNginx(lines: string): Promise<ProxyServer> {
  const place = `location / { proxy_pass http://127.0.0.1:${server.port}; }`;
  return ProxyServer.nginx(
    `server { listen 127.0.0.1:PORT; client_max_body_size 0; proxy_http_version 1.1; ${lines} ${place} }`,
  );
}

describe('An upload that is answered before its end', () => {
  describe.each<readonly [string, () => Promise<ProxyServer>]>([
    ['nginx, which keeps connections', () => startNginx(KEPT)],
    ['nginx, which closes connections by default', () => startNginx('')],
    ['nginx, which does not buffer requests', () => startNginx(`${KEPT} proxy_request_buffering off;`)],
    ...GUIDE_PROXIES.map(([name, start]) => [`${name} of docs/proxy.md`, () => start(server.port)] as const),
  ])('through %s', (_title, start) => {
    let proxy: ProxyServer;

    beforeAll(async () => {
      proxy = await start();
    });

    afterAll(() => proxy.stop());

    it.each([
      ['is too large', '/read', 20 * MEBIBYTE, 413],
      ['is a little too large', '/read', 2 * MEBIBYTE, 413],
      ['is refused for another reason', '/guarded', 900_000, 401],
      ['is refused for another reason, and is large', '/guarded', 20 * MEBIBYTE, 413],
      ['is not of interest', '/later', 900_000, 200],
    ])('has its answer every time: one that %s', async (_, target, size, status) => {
      const body = Buffer.alloc(size);
      const statuses: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        statuses.push((await send(proxy, target, `Content-Length: ${size}`, body)).status);
      expect(statuses).toEqual(Array(ROUNDS).fill(status));
    });

    it('has its answer every time: one in chunks', async () => {
      const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MEBIBYTE), Buffer.from('\r\n')]);
      const body = Buffer.concat([...Array<Buffer>(4).fill(chunk), Buffer.from('0\r\n\r\n')]);
      const statuses: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        statuses.push((await send(proxy, '/read', 'Transfer-Encoding: chunked', body)).status);
      expect(statuses).toEqual(Array(ROUNDS).fill(413));
    });
  });

  async function send(proxy: ProxyServer, target: string, line: string, body: Buffer): Promise<RawResponse> {
    const connection = await RawConnection.open(proxy.port);
    connection.send(formatHead('POST', target, line), body);
    const response = await connection.readResponse();
    connection.cut();
    return response;
  }
});
