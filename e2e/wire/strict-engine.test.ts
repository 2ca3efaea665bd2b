import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const CHUNKED = 'Transfer-Encoding: chunked';
/** A request that must never run. */
const SMUGGLED = 'GET /note?smuggled HTTP/1.1\r\nHost: a\r\n\r\n';

describe('The engine on node:http', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('plain', { SLUICE_ENGINE: 'node' });
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    await server.report();
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => connection.cut());

  /** Reads a response, and gives back its status and body. */
  const read = async (): Promise<[status: number, body: string]> => {
    const { status, body } = await connection.readResponse();
    return [status, body.toString()];
  };

  it.each([
    ['an extension of a chunk', '5;a=b\r\nhello\r\n0\r\n\r\n'],
    ['an extension of the last chunk', '5\r\nhello\r\n0;a="b;c"\r\n\r\n'],
    ['trailers', '5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n'],
    ['a request inside trailers', `5\r\nhello\r\n0\r\nX-Sum: GET /note?smuggled HTTP/1.1\r\n\r\n`],
    ['a size with zeros', '0005\r\nhello\r\n000\r\n\r\n'],
  ])('reads a chunked body with %s, and the next request of the connection', async (_, body) => {
    for (let round = 0; round < 2; round++) {
      connection.send(formatHead('POST', '/echo', CHUNKED), body, formatHead('GET', '/note'));
      expect(await read()).toEqual([200, 'hello']);
      expect(await read()).toEqual([200, '/note']);
    }
    expect((await server.report()).notes).toEqual(['GET /note', 'GET /note']);
  });

  it.each([
    ['a chunk line that ends with LF', '5\nhello\r\n0\r\n\r\n'],
    ['other bytes in the place of a line end', '5\r\nhelloXX0\r\n\r\n'],
    ['a size that is not a number', 'x\r\nhello\r\n0\r\n\r\n'],
    ['a negative size', '-5\r\nhello\r\n0\r\n\r\n'],
    ['a size over what fits', `${'F'.repeat(17)}\r\n`],
    ['an extension without end', `5;${'a'.repeat(100_000)}`],
  ])('refuses a chunked body with %s', async (_, body) => {
    connection.send(formatHead('POST', '/echo', CHUNKED), body, SMUGGLED);
    expect((await connection.readResponse()).status).toBe(400);
    expect(await connection.readToEnd()).toHaveLength(0);
    expect((await server.report()).notes).toEqual([]);
  });

  it.each([
    ['two codings', [CHUNKED, CHUNKED]],
    ['a coding behind a byte of control', ['Transfer-Encoding: \x0bchunked']],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 5']],
    ['a length and a coding', ['Content-Length: 0', CHUNKED]],
    ['a coding behind a byte that is not ASCII', ['Transfer-Encoding: \xffchunked']],
    ['a coding that is not chunked', ['Transfer-Encoding: gzip, chunked']],
    ['a space before a colon', ['X-Name : 1']],
    ['a folded line', ['X-Name: 1\r\n 2']],
    ['a line without a name', [': 1']],
    ['a bare LF between lines', ['X-Name: 1\nContent-Length: 5']],
    ['a bare CR in a value', ['X-Name: 1\r2']],
    ['two hosts', ['Host: b']],
    ['a length over what fits', [`Content-Length: ${'9'.repeat(23)}`]],
  ])('refuses a head with %s, and runs nothing behind it', async (_, lines) => {
    connection.send(formatHead('POST', '/note', ...lines), `0\r\n\r\n${SMUGGLED}`);
    const { status, header } = await connection.readResponse();
    expect([status, header('connection')]).toEqual([400, 'close']);
    expect(await connection.readToEnd()).toHaveLength(0);
    expect((await server.report()).notes).toEqual([]);
  });

  it.each([
    ['GET /note HTTP/1.1\r\n\r\n', 400],
    ['GET /note HTTP/1.1\nHost: a\n\n', 400],
    ['GET /note HTTP/1.1\r\nHost: a\n\r\n', 400],
    ['GET /note\r\n\r\n', 505],
    ['GET\t/note HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET * HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['POST /note HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n', 400],
    ['GET /note HTTP/2.0\r\nHost: a\r\n\r\n', 505],
    ['GET /note HTTP/1.2\r\nHost: a\r\n\r\n', 505],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    [`${formatHead('POST', '/echo', CHUNKED)}0\r\n${'X-Sum: 1\r\n'.repeat(5000)}`, 431],
    ['BREW /note HTTP/1.1\r\nHost: a\r\n\r\n', 501],
    ['CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 501],
    ['GET note HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET ftp://a/note HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET http://user@a/note HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    [formatHead('GET', '/note', `X-Large: ${'x'.repeat(20_000)}`), 431],
  ])('refuses %j with %d', async (bytes, expected) => {
    connection.send(bytes);
    const { status, header } = await connection.readResponse();
    expect([status, header('connection')]).toEqual([expected, 'close']);
    expect(await connection.readToEnd()).toHaveLength(0);
    expect((await server.report()).notes).toEqual([]);
  });

  it('keeps bytes from 0x80 on at both ends of a header value', async () => {
    const { body } = await connection.ask(
      'GET',
      '/headers',
      'X-Name: \xfc',
      'X-Place: Caf\xe9',
      'X-Utf8: \xc3\xbc',
    );
    expect(JSON.parse(body.toString())).toMatchObject({ 'x-name': 'ü', 'x-place': 'Café', 'x-utf8': 'ü' });
  });

  it('answers the absolute form, whose authority is the host', async () => {
    connection.send('GET http://b.example:81/headers?q=1 HTTP/1.1\r\nHost: a\r\n\r\n');
    const [status, body] = await read();
    expect([status, JSON.parse(body)]).toMatchObject([200, { host: 'b.example:81' }]);
    connection.send('GET http://b.example?q=1 HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await read()).toEqual([200, 'alive']);
    connection.send('GET HTTP://b.example/note?q=1 HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await read()).toEqual([200, '/note?q=1']);
  });

  it('answers OPTIONS * with the methods of the server', async () => {
    connection.send('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n');
    const { status, header } = await connection.readResponse();
    expect([status, header('allow')]).toEqual([204, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS']);
  });

  it('answers HTTP/1.0, and keeps the connection where the client asks for it', async () => {
    connection.send('GET /note HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    expect(await read()).toEqual([200, '/note']);
    connection.send('GET /note HTTP/1.0\r\n\r\n');
    expect(await read()).toEqual([200, '/note']);
    expect(await connection.readToEnd()).toHaveLength(0);
  });

  it('says how long a client may keep a connection, unless that closes', async () => {
    connection.send(formatHead('GET', '/'), formatHead('GET', '/missing'));
    for (let count = 0; count < 2; count++)
      expect((await connection.readResponse()).header('keep-alive')).toBe('timeout=10');
    connection.send(formatHead('GET', '/', 'Connection: close'));
    const { header } = await connection.readResponse();
    expect([header('connection'), header('keep-alive')]).toEqual(['close', undefined]);
  });

  it('skips an empty line before a request', async () => {
    connection.send(`\r\n${formatHead('GET', '/note')}`);
    expect(await read()).toEqual([200, '/note']);
  });

  it('asks for a body that waits to be asked for when the program reads it, and not when it refuses', async () => {
    connection.send(formatHead('POST', '/echo', 'Content-Length: 5', 'Expect: 100-continue'));
    expect((await connection.readThrough('\r\n\r\n')).toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    connection.send('hello');
    expect(await read()).toEqual([200, 'hello']);
    connection.send(formatHead('POST', '/limited', 'Content-Length: 5000', 'Expect: 100-continue'));
    expect((await connection.readResponse()).status).toBe(413);
  });

  it('answers pipelined requests in order, one after another, also behind one that waits', async () => {
    connection.send(
      formatHead('GET', '/note-later?1'),
      formatHead('POST', '/echo', 'Content-Length: 5'),
      'hello',
      formatHead('GET', '/note?2'),
      formatHead('GET', '/note-later?3'),
      formatHead('GET', '/note?4'),
    );
    const bodies: string[] = [];
    for (let count = 0; count < 5; count++) bodies.push((await read())[1]);
    expect(bodies).toEqual(['/note-later?1', 'hello', '/note?2', '/note-later?3', '/note?4']);
    expect((await server.report()).notes).toEqual([
      'GET /note-later?1',
      'GET /note?2',
      'GET /note-later?3',
      'GET /note?4',
    ]);
  });

  it('answers what came before bytes that are not a request, and then refuses those', async () => {
    connection.send(formatHead('GET', '/note-later?1'), formatHead('GET', '/note?2'), 'garbage\r\n\r\n');
    expect(await read()).toEqual([200, '/note-later?1']);
    expect(await read()).toEqual([200, '/note?2']);
    expect((await connection.readResponse()).status).toBe(400);
    expect(await connection.readToEnd()).toHaveLength(0);
  });

  it('loses a request behind one with Upgrade, if both come in one packet', async () => {
    const upgrade = formatHead('GET', '/note?upgrade', 'Connection: Upgrade', 'Upgrade: h2c');
    connection.send(upgrade + formatHead('GET', '/note?lost'));
    expect(await read()).toEqual([200, '/note?upgrade']);
    connection.send(upgrade);
    expect(await read()).toEqual([200, '/note?upgrade']);
    expect((await server.report()).notes).toEqual(['GET /note?upgrade', 'GET /note?upgrade']);
  });

  it('runs no request behind an answer with Connection: close', async () => {
    for (const first of ['/last', '/note-later']) {
      const one = await RawConnection.open(server.port);
      const close = first === '/last' ? [] : ['Connection: close'];
      one.send(formatHead('GET', first, ...close), formatHead('GET', '/note?behind'));
      const { status, header } = await one.readResponse();
      expect([status, header('connection')]).toEqual([200, 'close']);
      expect((await one.readToEnd()).toString()).not.toContain('behind');
    }
    expect((await server.report()).notes).toEqual(['GET /note-later']);
  });

  it('answers a client that has closed its half of the connection', async () => {
    connection.send(formatHead('GET', '/note-later'));
    connection.socket.end();
    // Provisional responses ask whether the client is still there.
    let response = await connection.readResponse({ isHead: true });
    while (response.status === 102) response = await connection.readResponse({ isHead: true });
    expect([response.status, response.header('content-length')]).toEqual([200, '11']);
  });
});
