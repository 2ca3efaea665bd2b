import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

/** A body that must never be read as a request. */
const SMUGGLED = 'GET /note?smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
const CHUNKED = `0\r\n\r\n${SMUGGLED}`;

describe('A request that could be read in two ways', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('plain');
  });

  afterAll(() => server.stop());

  beforeEach(() => server.report());

  afterEach(async () => {
    const connection = await RawConnection.open(server.port);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    connection.cut();
  });

  /** Sends bytes, waits for the end of the connection; gives back every status that came, and what handlers noted. */
  async function provoke(...pieces: readonly (string | Uint8Array)[]) {
    const connection = await RawConnection.open(server.port);
    connection.send(...pieces);
    const received = (await connection.readToEnd()).toString('latin1');
    const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
    return { statuses, received, notes: (await server.report()).notes };
  }

  const AMBIGUOUS: readonly (readonly [string, readonly string[]])[] = [
    ['two different Content-Length', ['Content-Length: 0', `Content-Length: ${SMUGGLED.length}`]],
    ['the same Content-Length twice', ['Content-Length: 0', 'Content-Length: 0']],
    ['a Content-Length list', ['Content-Length: 0, 0']],
    ['a signed Content-Length', ['Content-Length: +0']],
    ['a negative Content-Length', ['Content-Length: -1']],
    ['a hexadecimal Content-Length', ['Content-Length: 0x0']],
    ['a Content-Length with a fraction', ['Content-Length: 0.0']],
    ['a Content-Length with a blank in it', ['Content-Length: 0 0']],
    ['a Content-Length beyond all numbers', ['Content-Length: 99999999999999999999']],
    ['Content-Length and Transfer-Encoding', ['Content-Length: 0', 'Transfer-Encoding: chunked']],
    [
      'Transfer-Encoding and Content-Length',
      ['Transfer-Encoding: chunked', `Content-Length: ${CHUNKED.length}`],
    ],
    ['a coding before chunked', ['Transfer-Encoding: gzip, chunked']],
    ['a coding after chunked', ['Transfer-Encoding: chunked, gzip']],
    ['chunked twice', ['Transfer-Encoding: chunked, chunked']],
    ['chunked on two lines', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['another coding on a second line', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
    ['an unknown coding', ['Transfer-Encoding: xchunked']],
    ['identity', ['Transfer-Encoding: identity']],
    ['a quoted coding', ['Transfer-Encoding: "chunked"']],
    ['a coding with a parameter', ['Transfer-Encoding: chunked;q=1']],
  ];
  const METHODS = ['POST', 'DELETE', 'PROPFIND'];

  it.each(AMBIGUOUS)('is refused and the connection closed: %s', async (_, lines) => {
    for (const method of METHODS) {
      for (const target of ['/note', '/note-later', '/nothing']) {
        // In one packet and in two.
        const whole = await provoke(formatHead(method, target, ...lines) + CHUNKED);
        const parts = await provoke(formatHead(method, target, ...lines), CHUNKED);
        for (const { statuses, notes } of [whole, parts]) {
          expect([method, target, notes]).toEqual([method, target, []]);
          // The bytes behind it may make the engine close the connection before the answer.
          expect([[400], []]).toContainEqual(statuses);
        }
      }
    }
  });

  it('runs nothing behind a GET that waits, or that no route takes', async () => {
    const GETS = [
      ['GET', '/note-later'],
      ['HEAD', '/note-later'],
      ['GET', '/nothing'],
    ] as const;
    const requests = AMBIGUOUS.flatMap(([, lines]) =>
      GETS.map(([method, target]) => formatHead(method, target, ...lines)),
    );
    // Some connections end after ten seconds, so all of them wait at once. The note shows behind which request it was.
    const ends = requests.map(async (request, index) => {
      const connection = await RawConnection.open(server.port);
      connection.send(request + CHUNKED.replace('smuggled', `nr.${index}`.padEnd('smuggled'.length, '_')));
      await connection.readToEnd();
    });
    await Promise.all(ends);
    // A route that waits may note its own request after the connection has gone.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await server.report()).notes.filter((note) => note.includes('?'))).toEqual([]);
  });

  it.each([
    ['an empty Content-Length', ['Content-Length:']],
    ['an empty Transfer-Encoding', ['Transfer-Encoding:']],
  ])('is refused on methods with a body: %s', async (_, lines) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { statuses, notes } = await provoke(formatHead(method, '/note', ...lines), CHUNKED);
      expect(notes).toEqual([]);
      // The bytes behind it may make the engine close the connection before the answer.
      expect([[400], []]).toContainEqual(statuses);
    }
  });

  it.each([
    ['no Host', 'GET /note HTTP/1.1\r\n\r\n'],
    ['two Host lines', 'GET /note HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['a space before the colon', 'GET /note HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n'],
    ['a folded line', 'GET /note HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
    ['NUL in a value', 'GET /note HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n'],
    ['NUL in the path', 'GET /no\0te HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['bare LF for line ends', 'GET /note HTTP/1.1\nHost: a\n\n'],
    ['a bare LF in a value', 'GET /note HTTP/1.1\r\nHost: a\r\nX-A: b\nContent-Length: 5\r\n\r\n'],
    ['HTTP/2.0', 'GET /note HTTP/2.0\r\nHost: a\r\n\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no version', 'GET /note\r\n\r\n'],
    ['no path', 'GET HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    [
      'garbage',
      Array.from({ length: 256 }, (_, index) => String.fromCharCode(index))
        .reverse()
        .join(''),
    ],
    ['very much garbage', 'garbage '.repeat(2000)],
    ['a head that is too large', formatHead('GET', '/note', `X-Large: ${'x'.repeat(20_000)}`)],
    ['a target that is too long', formatHead('GET', `/note?${'x'.repeat(20_000)}`)],
  ])('reaches no handler and is not kept alive: %s', async (_, bytes) => {
    const { received, notes } = await provoke(bytes);
    expect(received).toMatch(/^HTTP\/1\.1 (400|431|505) [^]*$/);
    expect(notes).toEqual([]);
  });

  it.each([
    ['a bare CR in a value', 'GET /note HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n'],
    ['blank lines and no request', '\r\n\r\n\r\n'],
    // Older builds do not read on behind it; newer ones may.
    [
      'a chunk with an extension',
      formatHead('POST', '/echo', 'Transfer-Encoding: chunked') + '1;b\r\nx\r\n0\r\n\r\n',
    ],
  ])(
    'is not answered otherwise than it was meant while the engine waits for more of it: %s',
    async (_, bytes) => {
      const connection = await RawConnection.open(server.port);
      connection.send(bytes);
      connection.socket.end();
      expect((await connection.readToEnd()).toString('latin1')).toMatch(/^(HTTP\/1\.1 (200|400) [^]*)?$/);
      expect((await server.report()).notes).toEqual([]);
    },
  );

  it('is answered with 400 and Connection: close', async () => {
    const ends = (
      [
        ['POST', 'Content-Length: 0', 'Content-Length: 0'],
        ['DELETE', 'Transfer-Encoding: identity'],
        ['PUT', 'Content-Length: 0', 'Content-Length: 0'],
        ['PROPFIND', 'Transfer-Encoding: gzip, chunked'],
      ] as const
    ).map(async ([method, ...lines]) => {
      const connection = await RawConnection.open(server.port);
      const { status, header } = await connection.ask(method, '/note', ...lines);
      expect([method, status, header('connection')]).toEqual([method, 400, 'close']);
      expect(await connection.readToEnd()).toHaveLength(0);
    });
    // Some of them take five seconds.
    await Promise.all(ends);
  });

  it('is answered where it can be read in one way only', async () => {
    for (const [chunks, body] of [
      ['5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n', 'hello world'],
      ['A\r\n0123456789\r\n0\r\n\r\n', '0123456789'],
    ] as const) {
      const chunked = await RawConnection.open(server.port);
      chunked.send(formatHead('POST', '/echo', 'Transfer-Encoding: Chunked') + chunks);
      expect((await chunked.readResponse()).body.toString()).toBe(body);
    }
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('POST', '/echo', 'Content-Length: 005'), 'hello');
    expect((await connection.readResponse()).body.toString()).toBe('hello');
    connection.send(formatHead('GET', '/note', 'Content-Length: 5'), 'hello');
    expect((await connection.readResponse()).body.toString()).toBe('/note');
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    connection.cut();
  });

  it('is 501 where the method is unknown or in lower case', async () => {
    for (const method of ['get', 'Get', 'BREW', 'M-SEARCH', 'POSTS']) {
      const connection = await RawConnection.open(server.port);
      expect([method, (await connection.ask(method, '/note')).status]).toEqual([method, 501]);
      connection.cut();
    }
    expect((await server.report()).notes).toEqual([]);
  });

  it('gets 100 Continue before it sends its body, if it asks', async () => {
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('POST', '/echo', 'Content-Length: 5', 'Expect: 100-continue'));
    expect((await connection.readThrough('\r\n\r\n')).toString()).toMatch(/^HTTP\/1\.1 100 Continue\r\n/);
    connection.send('hello');
    expect((await connection.readResponse()).body.toString()).toBe('hello');
    connection.cut();
  });
});
