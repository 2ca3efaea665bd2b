import { expectAlive } from '../sockets/expect-alive';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { NAMES } from '../sockets/applications/streams';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('A download that the client breaks off', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('streams');
  });

  afterAll(() => server.stop());

  beforeEach(() => server.report());

  /** Collects notes until the request is done with, and some more round trips for what must not come. */
  async function collectNotes(): Promise<string[]> {
    const all: string[] = [];
    while (!all.includes('request is done')) {
      all.push(...(await server.report()).notes);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const other = await RawConnection.open(server.port);
    for (let count = 0; count < 10; count++) expect((await other.ask('GET', '/')).status).toBe(200);
    other.cut();
    return [...all, ...(await server.report()).notes];
  }

  it.each(NAMES.idle)('stops its source once, also one that is idle: %s', async (name) => {
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('GET', `/idle/${name}`));
    await connection.readThrough('first');
    connection.cut();
    expect((await collectNotes()).sort()).toEqual(['request is done', 'stopped']);
  });

  it.each(NAMES.endless)(
    'stops its source once while it gives and the client does not take: %s',
    async (name) => {
      const connection = await RawConnection.open(server.port);
      connection.send(formatHead('GET', `/endless/${name}`));
      await connection.readBytes(1_000_000);
      connection.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 100));
      connection.cut();
      expect((await collectNotes()).sort()).toEqual(['request is done', 'stopped']);
    },
  );

  it('stops sending one large body', async () => {
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('GET', '/buffer'));
    await connection.readBytes(100_000);
    connection.cut();
    expect(await collectNotes()).toEqual(['request is done']);
  });

  it('is like one that is broken off at once', async () => {
    for (const path of [...NAMES.idle.map((name) => `/idle/${name}`), '/buffer', '/endless/counted']) {
      const connection = await RawConnection.open(server.port);
      connection.send(formatHead('GET', path));
      connection.cut();
    }
    await expectAlive(server.port);
  });
});

describe('A download that the server breaks off', () => {
  it('ends without its last chunk, so that no client takes it for whole', async () => {
    await using server = await ServerProcess.start('streams');
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('GET', '/breaks'));
    const received = (await connection.readToEnd()).toString();
    expect(received).toContain('some');
    expect(received).not.toMatch(/\r\n0\r\n\r\n$/);
    expect((await server.report()).notes).toEqual(['logged Error: on purpose']);
  });
});
