import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type App, type Context } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('Closing an application', () => {
  let app: App;
  let port: number;
  let reached: Promise<void>;
  let seen: string[];

  beforeEach(async () => {
    let reach = (): void => {};
    reached = new Promise((resolve) => (reach = resolve));
    seen = [];
    const slow = async (context: Context) => {
      context.background(async () => {
        await wait(50);
        seen.push('background');
      });
      reach();
      await wait(200);
      seen.push('handled');
      return 'slow';
    };
    const dribble = async function* () {
      reach();
      for (const part of ['a', 'b', 'c']) {
        await wait(100);
        yield part;
      }
    };
    app = await createApp({
      logger: { info() {}, warn() {}, error() {} },
      routes: [
        { method: 'GET', path: '/', handler: () => 'alive' },
        { method: 'GET', path: '/slow', handler: slow },
        { method: 'GET', path: '/stream', handler: dribble },
        { method: 'GET', path: '/large', handler: () => (reach(), Buffer.alloc(20_000_000)) },
        { method: 'GET', path: '/never', handler: () => (reach(), new Promise(() => {})) },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterEach(() => app.close({ timeoutMs: 0 }));

  it('lets requests in flight finish, asks their clients to close, and runs background tasks', async () => {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/slow'));
    await reached;
    const closed = app.close().then(() => seen.push('closed'));
    const { body, header } = await connection.readResponse();
    expect([body.toString(), header('connection')]).toEqual(['slow', 'close']);
    await connection.readToEnd();
    await closed;
    expect(seen).toEqual(['handled', 'background', 'closed']);
  });

  it('lets streams finish', async () => {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/stream'));
    await reached;
    const closed = app.close();
    expect((await connection.readResponse()).body.toString()).toBe('abc');
    await connection.readToEnd();
    await closed;
  });

  it('lets large answers reach a slow client', async () => {
    const connection = await RawConnection.open(port);
    connection.socket.pause();
    connection.send(formatHead('GET', '/large'));
    await reached;
    const closed = app.close();
    await wait(100);
    connection.socket.resume();
    expect((await connection.readResponse()).body).toHaveLength(20_000_000);
    await closed;
  });

  it('stops listening at once', async () => {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/slow'));
    await reached;
    const closed = app.close();
    await expect(RawConnection.open(port)).rejects.toThrow('ECONNREFUSED');
    await closed;
  });

  it('cuts connections that are idle, and answers those that are not with the word to close', async () => {
    const idle = await RawConnection.open(port);
    const busy = await RawConnection.open(port);
    const later = await RawConnection.open(port);
    expect((await idle.ask('GET', '/')).header('connection')).not.toBe('close');
    expect((await later.ask('GET', '/')).header('connection')).not.toBe('close');
    busy.send(formatHead('GET', '/slow'));
    await reached;
    const closed = app.close();
    const { body, header } = await later.ask('GET', '/');
    expect([body.toString(), header('connection')]).toEqual(['alive', 'close']);
    expect((await busy.readResponse()).body.toString()).toBe('slow');
    await idle.readToEnd();
    await closed;
  });

  it('waits no longer than the deadline, then cuts', async () => {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/never'));
    await reached;
    await app.close({ timeoutMs: 50 });
    expect(await connection.readToEnd()).toHaveLength(0);
  });

  it('can be asked for twice, and both wait for the same', async () => {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/slow'));
    await reached;
    await Promise.all([app.close(), app.close()]);
    expect(seen).toEqual(['handled', 'background']);
    await app.close();
  });

  it('frees the port', async () => {
    await app.close();
    const other = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'other' }] });
    await other.listen({ port, handleSignals: false });
    const connection = await RawConnection.open(port);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('other');
    await other.close();
  });
});

describe('A signal', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeEach(async () => {
    server = await ServerProcess.start('closing');
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => server.stop());

  async function waitForNote(note: string): Promise<void> {
    await server.waitForNotes((notes) => notes.includes(note));
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('%s ends an idle server with 0', async (name) => {
    await connection.ask('GET', '/');
    server.signal(name);
    expect(await server.waitForEnd()).toBe(0);
    await connection.readToEnd();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets a request and its background finish first',
    async (name) => {
      connection.send(formatHead('GET', '/slow'));
      await waitForNote('slow');
      server.signal(name);
      expect((await connection.readResponse()).body.toString()).toBe('slow');
      expect(await server.waitForEnd()).toBe(0);
      expect(server.log).toContain('background is done');
    },
  );

  it('ends it at once with 1 when it comes again', async () => {
    connection.send(formatHead('GET', '/never'));
    await waitForNote('never');
    server.signal('SIGTERM');
    await expect(
      (async () => {
        for (;;) (await RawConnection.open(server.port)).cut();
      })(),
    ).rejects.toThrow();
    server.signal('SIGINT');
    expect(await server.waitForEnd()).toBe(1);
  });
});
