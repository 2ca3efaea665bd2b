import { expectAlive } from '../sockets/expect-alive';
import { RawConnection } from '../sockets/raw-connection';
import { NAMES } from '../sockets/applications/survival';
import { IS_STRICT } from '../sockets/is-strict';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('The process survives', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('survival');
  });

  afterAll(() => server.stop());

  async function expectSurvival(): Promise<void> {
    await expectAlive(server.port);
    expect(server.isRunning).toBe(true);
  }

  it.each(NAMES.misbehaviours)('a handler that %s, and answers or cuts the connection', async (name) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const connection = await RawConnection.open(server.port);
      const outcome = await connection.ask(method, `/does/${name}`).then(
        ({ status }) => status,
        () => 'cut',
      );
      expect([200, 500, 'cut']).toContain(outcome);
      connection.cut();
    }
    await expectSurvival();
  });

  it('answers 500 to what is thrown before anything is sent', async () => {
    for (const name of NAMES.misbehaviours.filter((one) =>
      /^(throws|rejects|thenable-throws|overflows)/.test(one),
    )) {
      const connection = await RawConnection.open(server.port);
      const { statusLine, header } = await connection.ask('GET', `/does/${name}`);
      expect([name, statusLine, header('content-type')]).toEqual([
        name,
        'HTTP/1.1 500 Internal Server Error',
        'application/problem+json',
      ]);
      connection.cut();
    }
  });

  it('sends the last of two answers, once, and none that comes late', async () => {
    const connection = await RawConnection.open(server.port);
    expect((await connection.ask('GET', '/does/answers-twice')).body.toString()).toBe('three');
    const inTime = await connection.ask('GET', '/does/answers-again-later');
    expect([inTime.body.toString(), inTime.header('x-late')]).toEqual(['in time', undefined]);
    expect((await connection.ask('GET', '/does/thenable-settles-twice')).body.toString()).toBe('once');
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    connection.cut();
  });

  it('says what is wrong with reading a request that was answered', async () => {
    await server.report();
    const connection = await RawConnection.open(server.port);
    await connection.ask('GET', '/does/reads-too-late');
    const tried: string[] = [];
    while (tried.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      tried.push(...(await server.report()).notes.filter((note) => /^(read|refused)/.test(note)));
    }
    // On node:http a request can be read as long as it is kept.
    const expected = IS_STRICT ? /^read/ : /^refused: The request has been answered/;
    expect(tried).toEqual([expect.stringMatching(expected)]);
    connection.cut();
  });

  it.each(NAMES.leftAlone)('a client that goes away from a handler that %s', async (name) => {
    await server.report();
    for (const body of ['', 'Content-Length: 100']) {
      const connection = await RawConnection.open(server.port);
      connection.send(`POST /leaves/${name} HTTP/1.1\r\nHost: a\r\n${body}${body && '\r\n'}\r\n`);
      await expectSurvival();
      connection.cut();
      await expectSurvival();
    }
    await expectSurvival();
    const { notes } = await server.report();
    if (name === 'answers-after-abort') expect(notes).toContain('background after abort from 127.0.0.1');
    if (name === 'streams-after-abort') expect(notes).toContain('stopped unsent');
    if (/^(listener|onabort)-/.test(name)) expect(notes).toContain('logged Error: on purpose');
    expect(notes.filter((note) => note.startsWith('uncaught'))).toEqual([]);
  });

  it.each(NAMES.injections)('an attempt to split the response by its %s', async (name) => {
    const connection = await RawConnection.open(server.port);
    const { status, lines } = await connection.ask('GET', `/injects/${name}`);
    const isEncoded = name === 'location' || name === 'cookie-value';
    expect(isEncoded ? status < 400 : status === 500).toBe(true);
    expect(lines.map(([other]) => other)).not.toContain('X-Injected');
    // The next response on the connection is the next response.
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    connection.cut();
  });
});
