import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createApp, type App, type PlainRoute } from '@sluice/core';
import { health } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
/** As the kubelet and HAProxy ask: by address, without much else. */
const HOST = 'Host: 10.0.0.7:8000\r\nUser-Agent: kube-probe/1.31\r\nAccept: */*\r\n';

describe.each(ENGINES)('on sockets, %s', (engine) => {
  const opened: App[] = [];
  afterEach(async () => {
    for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  });

  async function listen(routes: readonly PlainRoute[]): Promise<{ app: App; port: number }> {
    const app = await createApp({ engine, routes, logger: { info() {}, warn() {}, error() {} } });
    opened.push(app);
    return { app, port: (await app.listen({ port: 0, handleSignals: false })).port };
  }

  async function ask(socket: Socket, line: string, headers = ''): Promise<string> {
    socket.write(`${line} HTTP/1.1\r\n${HOST}${headers}\r\n`);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return chunk.toString('latin1');
  }

  it('answers GET with a body and HEAD without one, and closes when asked to', async () => {
    const { port } = await listen(health({ checks: { database: async () => true } }));
    const socket = connect(port, '127.0.0.1');
    expect(await ask(socket, 'GET /readyz')).toMatch(/^HTTP\/1\.1 200 [^]+\{"status":"up",/);
    expect(await ask(socket, 'HEAD /readyz')).toMatch(/^HTTP\/1\.1 200 [^]+\r\n\r\n$/);
    const closed = once(socket, 'close');
    expect(await ask(socket, 'GET /livez', 'Connection: close\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    await closed;
  });

  it('answers a probe that sends a Host alone, without Accept, and keeps no connection', async () => {
    const { port } = await listen(health({ checks: { database: () => true } }));
    for (const path of ['/livez', '/readyz']) {
      const socket = connect(port, '127.0.0.1');
      const closed = once(socket, 'close');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n`);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      await closed;
      expect(answer).toMatch(/^HTTP\/1\.1 200 [^]+\r\n\r\n\{"status":"up"/);
    }
  });

  it('answers 503 on an open connection while the application drains', async () => {
    const { app, port } = await listen(health());
    const socket = connect(port, '127.0.0.1');
    expect(await ask(socket, 'GET /readyz')).toMatch(/^HTTP\/1\.1 200 /);
    const closed = app.close({ keepAliveMs: 10_000 });
    expect(await ask(socket, 'GET /readyz')).toMatch(/^HTTP\/1\.1 503 [^]+\{"status":"closing"\}$/);
    await closed;
  });

  it('answers on a listener of its own while the other one drains', async () => {
    let finish: () => void = () => undefined;
    const work = new Promise<string>((resolve) => (finish = () => resolve('done')));
    const main = await listen([{ method: 'GET', path: '/work', handler: () => work }]);
    const probes = await listen(health({ of: main.app }));
    const [working, probe] = [connect(main.port, '127.0.0.1'), connect(probes.port, '127.0.0.1')];
    const answer = ask(working, 'GET /work');
    expect(await ask(probe, 'GET /readyz')).toMatch(/^HTTP\/1\.1 200 /);
    const closed = main.app.close();
    expect(await ask(probe, 'GET /readyz')).toMatch(/^HTTP\/1\.1 503 /);
    expect(await ask(probe, 'GET /livez')).toMatch(/^HTTP\/1\.1 200 /);
    finish();
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [^]+done$/);
    await closed;
    probe.destroy();
  });
});
