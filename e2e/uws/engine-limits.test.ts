/**
 * The behaviour of the engine that Sluice cannot see or change, with the smallest proof of each. `docs/engine.md` lists it.
 * A failure names the build. If a build behaves better, change the list.
 */
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

/** The builds that are known to behave as described here. */
const BUILDS = ['20.51.4', '20.69.0'];

const post = (target: string, ...lines: readonly string[]): string => formatHead('POST', target, ...lines);
const get = (target: string, ...lines: readonly string[]): string => formatHead('GET', target, ...lines);
const CHUNKED = 'Transfer-Encoding: chunked';

describe('The engine', () => {
  let server: ServerProcess;
  let build: string;

  beforeAll(async () => {
    server = await ServerProcess.start('plain', { SLUICE_ENGINE: 'uws' });
    const connection = await RawConnection.open(server.port);
    build = (await connection.ask('GET', '/engine')).body.toString();
    connection.cut();
  });

  afterAll(() => server.stop());

  beforeEach(() => server.report());

  /** Sends bytes and ends the sending side; returns the statuses of all answers, and the notes of the handlers. */
  async function provoke(...pieces: readonly string[]) {
    const connection = await RawConnection.open(server.port);
    connection.send(...pieces);
    connection.socket.end();
    const received = (await connection.readToEnd()).toString('latin1');
    const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
    return { build, statuses, notes: (await server.report()).notes };
  }

  async function readHeaders(...lines: readonly string[]): Promise<Record<string, string>> {
    const connection = await RawConnection.open(server.port);
    const { body } = await connection.ask('GET', '/headers', ...lines);
    connection.cut();
    return JSON.parse(body.toString()) as Record<string, string>;
  }

  it('is a build of this list', () => expect(BUILDS).toContain(build));

  it.each([
    ['HTTP/1.0', 'GET /note HTTP/1.0\r\nHost: a\r\n\r\n', 505],
    ['the absolute form', 'GET http://a/note HTTP/1.1\r\nHost: a\r\n\r\n', 505],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 505],
    ['bare LF for line ends', 'GET /note HTTP/1.1\nHost: a\n\n', 505],
    ['one bare LF', 'GET /note HTTP/1.1\r\nHost: a\nX-Name: b\r\n\r\n', 400],
    ['120 header lines', get('/note', ...Array.from({ length: 120 }, (_, index) => `X-${index}: 1`)), 431],
  ])('refuses %s itself', async (_, bytes, status) => {
    expect(await provoke(bytes)).toEqual({ build, statuses: [status], notes: [] });
  });

  it('does not answer a request behind an empty line', async () => {
    expect(await provoke(`\r\n${get('/note')}`)).toEqual({ build, statuses: [], notes: [] });
  });

  it('removes bytes from 0x80 on at both ends of a header value', async () => {
    const {
      'x-name': name,
      'x-city': city,
      'x-alone': alone,
    } = await readHeaders(`X-Name: Zo${utf8('ë')}`, `X-City: ${utf8('Ö')}rebro`, `X-Alone: ${utf8('ü')}`);
    expect({ build, name, city, alone }).toEqual({ build, name: 'Zo', city: 'rebro', alone: '' });
    const connection = await RawConnection.open(server.port);
    connection.send(post('/echo', 'Transfer-Encoding: \xffchunked'), '5\r\nhello\r\n0\r\n\r\n');
    expect((await connection.readResponse()).body.toString()).toBe('hello');
    connection.cut();
  });

  it('takes a header line without a name for the end of the head, so the body behind it runs as a request', async () => {
    const hidden = get('/note?hidden');
    const bytes = post('/ignore', ': v', `Content-Length: ${hidden.length}`) + hidden;
    expect(await provoke(bytes)).toEqual({ build, statuses: [200, 200], notes: ['GET /note?hidden'] });
  });

  it.each([
    ['of a chunk', '5;a=b\r\nhello\r\n0\r\n\r\n'],
    ['of the last chunk', '5\r\nhello\r\n0;a=b\r\n\r\n'],
  ])('reads nothing behind the extension %s', async (_, chunks) => {
    expect(await provoke(post('/echo', CHUNKED), chunks)).toEqual({ build, statuses: [], notes: [] });
  });

  it.each([
    ['line ends without CR', '5\nhello\n0\n\n'],
    ['other bytes in the place of a line end', '5\r\nhelloXX0\r\n\r\n'],
    ['a space behind the size', '5 \r\nhello\r\n0\r\n\r\n'],
  ])('accepts chunks with %s', async (_, chunks) => {
    const connection = await RawConnection.open(server.port);
    connection.send(post('/echo', CHUNKED), chunks);
    expect({ build, body: (await connection.readResponse()).body.toString() }).toEqual({
      build,
      body: 'hello',
    });
    connection.cut();
  });

  it('runs the second request of a packet whose first has Connection: close', async () => {
    const bytes = get('/note?1', 'Connection: close') + get('/note?2');
    expect(await provoke(bytes)).toMatchObject({ build, notes: ['GET /note?1', 'GET /note?2'] });
  });

  it('closes the connection, without an answer, where a request follows one that waits', async () => {
    const connection = await RawConnection.open(server.port);
    connection.send(get('/note-later?1') + get('/note?2'));
    expect(await connection.readToEnd()).toHaveLength(0);
    expect((await server.report()).notes.filter((note) => note.endsWith('?2'))).toEqual([]);
  });
});

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
