import { IS_STRICT } from '../sockets/is-strict';
import { RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { change, haproxyOfTheGuide, NGINX_BLOCKS } from './guide-proxies';
import { load } from './load';
import { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(240_000);

const REQUESTS = 20_000;

let server: ServerProcess;
let proxy: ProxyServer | undefined;

beforeAll(async () => {
  server = await ServerProcess.start('behind');
});

afterAll(() => server.stop());

async function ask(target: string): Promise<string> {
  const connection = await RawConnection.open(proxy!.port);
  const { status, body } = await connection.ask('GET', target);
  connection.cut();
  return status === 200 ? body.toString() : String(status);
}

describe('nginx that speaks HTTP/1.0 to the application, as older versions do by default', () => {
  beforeAll(async () => {
    const configuration = change(NGINX_BLOCKS[1]!, [
      ['listen 80;', 'listen 127.0.0.1:PORT;'],
      ['127.0.0.1:8000;', `127.0.0.1:${server.port}; proxy_http_version 1.0;`],
    ]);
    proxy = await ProxyServer.nginx(configuration);
  });

  afterAll(() => proxy?.stop());

  if (IS_STRICT) {
    it('gets its answers from node:http', async () => {
      const outcome = await load(proxy!.port, (sent) => sent < REQUESTS);
      expect(outcome).toEqual({ answered: REQUESTS, faults: [] });
      expect(JSON.parse(await ask('/client'))).toEqual(['127.0.0.1', 'http', 'localhost']);
    });
  } else {
    it('gets 505 from µWebSockets', async () => expect(await ask('/')).toBe('505'));
  }
});

describe('HAProxy with a bare `option httpchk`, which asks with HTTP/1.0', () => {
  beforeAll(async () => {
    const bare = change(haproxyOfTheGuide(server.port), [
      [/http-check .*/, ''],
      [/ check$/m, ' check inter 50ms fall 1'],
    ]);
    proxy = await ProxyServer.haproxy(bare);
  });

  afterAll(() => proxy?.stop());

  if (IS_STRICT) {
    it('finds node:http alive, for many checks', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(await ask('/')).toBe('alive');
    });
  } else {
    it('finds µWebSockets down', async () => {
      while ((await ask('/')) === 'alive') await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await ask('/')).toBe('503');
    });
  }
});
