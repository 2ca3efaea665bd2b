import { ServerProcess } from '../sockets/server-process';
import { change, nginxOfTheGuide, NGINX_BLOCKS } from './guide-proxies';
import { load } from './load';
import { ProxyServer } from './proxy-server';
import { findFreePort } from '../sockets/find-free-port';
import { startAll } from '../sockets/start-all';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const ROUNDS = 5;

it('a rolling restart of two processes behind nginx fails no request', async () => {
  const ports = [await findFreePort(), await findFreePort()];
  const servers = await startAll(ports.map((port) => start(port)));
  try {
    const configuration = change(nginxOfTheGuide(ports[0]!), [
      [/upstream sluice \{[^}]*\}/, NGINX_BLOCKS[2]!],
      ['127.0.0.1:8000', `127.0.0.1:${ports[0]}`],
      ['127.0.0.1:8001', `127.0.0.1:${ports[1]}`],
    ]);
    await using proxy = await ProxyServer.nginx(configuration);
    let isDone = false;
    const loading = load(proxy.port, () => !isDone);
    const endings: (number | string)[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, port] of ports.entries()) {
        servers[index]!.signal('SIGTERM');
        endings.push(await servers[index]!.waitForEnd());
        servers[index] = await start(port);
      }
    }
    isDone = true;
    const { answered, faults } = await loading;
    expect(faults).toEqual([]);
    expect(endings).toEqual(Array(2 * ROUNDS).fill(0));
    expect(answered).toBeGreaterThan(1000);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
});

const start = (port: number): Promise<ServerProcess> =>
  ServerProcess.start('behind', { LISTEN_ON: String(port), KEEP_ALIVE_MS: '9000' });
