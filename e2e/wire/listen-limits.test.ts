import { createApp, type App, type ListenOptions } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

type Limits = Pick<ListenOptions, 'keepAliveTimeoutMs' | 'requestTimeoutMs' | 'maxConnections'>;

const NAMES = ['keepAliveTimeoutMs', 'requestTimeoutMs', 'maxConnections'] as const;

describe('The limits that listen sets', () => {
  const opened: App[] = [];
  const connections: RawConnection[] = [];
  const lines: string[] = [];
  const logger = { info: (line: string) => void lines.push(line), warn() {}, error() {} };

  const { SLUICE_ENGINE } = process.env;

  beforeEach(() => void delete process.env['SLUICE_ENGINE']);

  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.cut();
    for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
    lines.length = 0;
  });

  afterAll(() => {
    if (SLUICE_ENGINE !== undefined) process.env['SLUICE_ENGINE'] = SLUICE_ENGINE;
  });

  async function listen(limits: ListenOptions, engine: 'auto' | 'uws' | 'node' = 'auto') {
    const app = await createApp({
      engine,
      logger,
      routes: [
        { method: 'GET', path: '/', handler: () => 'answered' },
        { method: 'POST', path: '/', handler: async ({ request }) => (await request.text()).length },
        {
          method: 'GET',
          path: '/slow',
          handler: () => new Promise((resolve) => setTimeout(() => resolve('late'), 1500)),
        },
      ],
    });
    opened.push(app);
    const { port } = await app.listen({ port: 0, handleSignals: false, ...limits });
    return { app, port };
  }

  async function open(port: number): Promise<RawConnection> {
    const connection = await RawConnection.open(port);
    connections.push(connection);
    return connection;
  }

  it.each(NAMES)('%s chooses node:http, and the line about the engine says so', async (name) => {
    const { app } = await listen({ [name]: 5000 } satisfies Limits);
    expect([app.engine, lines[0]]).toEqual([
      'node',
      `The engine is node:http, because µWebSockets does not support the option ${name}.`,
    ]);
  });

  it.each(NAMES)('%s is a start-up problem where µWebSockets is asked for by name', async (name) => {
    const problem = {
      code: 'OPTION_INVALID',
      place: 'app.listen()',
      fault: `µWebSockets, which the application or SLUICE_ENGINE asks for, does not support the option ${name}.`,
    };
    await expect(listen({ [name]: 5000 }, 'uws')).rejects.toMatchObject({ problems: [problem] });
    process.env['SLUICE_ENGINE'] = 'uws';
    await expect(listen({ [name]: 5000 })).rejects.toMatchObject({ problems: [problem] });
  });

  it.each(NAMES.flatMap((name) => [0, -1, 1.5, '10', 2 ** 53].map((value) => [name, value] as const)))(
    '%s cannot be %p',
    async (name, value) => {
      await expect(listen({ [name]: value })).rejects.toMatchObject({
        problems: [{ code: 'OPTION_INVALID', fault: expect.stringMatching(`^${name} must be`) }],
      });
    },
  );

  it('keepAliveTimeoutMs ends a connection that is idle behind an answer, and no handler', async () => {
    const { port } = await listen({ keepAliveTimeoutMs: 500 });
    const [idle, busy, fresh] = [await open(port), await open(port), await open(port)];
    expect((await idle.ask('GET', '/')).status).toBe(200);
    const slow = busy.ask('GET', '/slow');
    expect(await idle.readToEnd()).toHaveLength(0);
    expect((await slow).body.toString()).toBe('late');
    // It counts from the answer on.
    expect((await fresh.ask('GET', '/')).status).toBe(200);
  });

  it('keepAliveTimeoutMs may be longer than the time-out of µWebSockets', async () => {
    const { port } = await listen({ keepAliveTimeoutMs: 60_000 });
    const connection = await open(port);
    expect((await connection.ask('GET', '/')).header('keep-alive')).toBe('timeout=60');
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    expect((await connection.ask('GET', '/')).status).toBe(200);
  });

  it('requestTimeoutMs answers a body that is too slow with 408, and closes', async () => {
    const { port } = await listen({ requestTimeoutMs: 1000 });
    const connection = await open(port);
    connection.send(formatHead('POST', '/', 'Content-Length: 1000'));
    // Each byte comes in time, and all of them do not.
    const dripping = setInterval(() => connection.send('x'), 200);
    const text = (await connection.readToEnd()).toString('latin1');
    clearInterval(dripping);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toMatch(/connection: close/i);
  });

  it('requestTimeoutMs answers a head that is too slow, too, and does not count the handler', async () => {
    const { port } = await listen({ requestTimeoutMs: 1000 });
    const [slow, working] = [await open(port), await open(port)];
    const answer = working.ask('GET', '/slow');
    slow.send('GET / HTTP/1.1\r\nHost: a\r\n');
    expect((await slow.readToEnd()).toString('latin1')).toMatch(/^(HTTP\/1\.1 408 [^]*)?$/);
    expect((await answer).body.toString()).toBe('late');
  });

  it('maxConnections closes further connections, and takes new ones when others have ended', async () => {
    const { port } = await listen({ maxConnections: 2 });
    const [first, second] = [await open(port), await open(port)];
    expect((await first.ask('GET', '/')).status).toBe(200);
    expect((await second.ask('GET', '/')).status).toBe(200);
    for (let count = 0; count < 5; count++) {
      const third = await open(port);
      third.send(formatHead('GET', '/'));
      expect(await third.readToEnd()).toHaveLength(0);
    }
    expect((await first.ask('GET', '/')).status).toBe(200);
    second.cut();
    expect(await tryUntilAnswered(port)).toBe('answered');
  });

  /** The server notices the end of a connection a little later. */
  async function tryUntilAnswered(port: number): Promise<string> {
    for (let count = 0; count < 100; count++) {
      const connection = await open(port);
      const answer = await connection.ask('GET', '/').catch(() => undefined);
      if (answer !== undefined) return answer.body.toString();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return 'refused';
  }
});
