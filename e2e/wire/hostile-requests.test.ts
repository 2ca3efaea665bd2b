import fc from 'fast-check';
import { RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const MIB = 1024 * 1024;

/** The same requests in every run; fast-check prints it, with the smallest failing batch, when a property fails. */
const SEED = 20_240_717;

const octets = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength });

const lineBreak = fc.oneof(
  { weight: 30, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', '\r\r\n', '\n\r\n', '\0\r\n', ' \r\n\t'),
);

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE') },
  fc.constantFrom('get', 'CONNECT', 'TRACE', 'PRI', 'M-SEARCH', '', 'G\0T', 'P'.repeat(300)),
  octets(8),
);

const target = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/', '/notes/7?tag=a&tag=b', '/notes', '/visits', '/form') },
  fc.constantFrom(
    '*',
    '//',
    'http://localhost/visits',
    'http://[::1',
    '/notes/%',
    '/notes/%00%ff%c0%af',
    '/notes/1e999',
    '/../../etc/passwd',
    '/notes/7?__proto__[a]=1&constructor.prototype=2',
    `/notes/7?${'tag=a&'.repeat(600)}`,
    `/${'a/'.repeat(3000)}`,
    `/notes/${'9'.repeat(9000)}`,
  ),
  octets(30).map((text) => `/${text}`),
);

const version = fc.oneof(
  { weight: 10, arbitrary: fc.constant('HTTP/1.1') },
  fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1', 'HTTP/1.1 ', 'HTTP/99999.1', ''),
);

const line = fc.oneof(
  fc.constantFrom(
    'Host: localhost',
    'Host: a@b:99999/..',
    'Host:',
    'Connection: close',
    'Connection: keep-alive, upgrade, \x7f',
    'Upgrade: websocket',
    'Expect: 100-continue',
    'Accept-Encoding: br;q=2, gzip;q=-1, *;q=0.000001, ,,;',
    `Accept-Encoding: ${'gzip,'.repeat(500)}`,
    `Accept: ${'a/b;q=0.1,'.repeat(300)}`,
    'Origin: https://app.example',
    'Origin: null\0',
    'Access-Control-Request-Method: PO ST',
    'Access-Control-Request-Headers: ,,__proto__,\xff',
    'Cookie: session=eyJ2aXNpdHMiOjF9.AAAA; theme=%ff',
    `Cookie: ${'session=a; '.repeat(300)}`,
    'Cookie: __proto__=1; =; ;;; constructor="',
    'Content-Length: 5',
    'Content-Length: 5, 5',
    'Content-Length: -1',
    'Content-Length: 0x10',
    'Content-Length: 99999999999999999999',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding : chunked',
    'Content-Type: application/json',
    'Content-Type: application/json; charset=utf-7',
    'Content-Type: multipart/form-data; boundary=b',
    'Content-Type: multipart/form-data; boundary=',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Encoding: gzip',
    '__proto__: polluted',
    ' folded: onto the line before',
    'no colon',
    ': no name',
    `Long: ${'x'.repeat(20_000)}`,
  ),
  fc.tuple(octets(12), octets(40)).map(([name, value]) => `${name}: ${value}`),
);

const json = fc.oneof(
  fc.constantFrom(
    '{"text":"a","stars":1}',
    '{"text":"a","stars":1,"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"text":',
    '\ufeff{}',
    '"\\ud800"',
    '1e999999',
    '['.repeat(5000),
    `${'['.repeat(4000)}${']'.repeat(4000)}`,
    `{"text":"${'x'.repeat(30_000)}"}`,
  ),
  fc.json(),
);

const form = fc.oneof(
  fc.constantFrom(
    'name=a',
    '__proto__[polluted]=1&name=%',
    'name=a&'.repeat(300),
    '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n--b--\r\n',
    '--b\r\nContent-Disposition: form-data; name="file"; filename="../../x\0"\r\n\r\nAda\r\n--b--\r\n',
    '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--b\r\n--b\r\n--b',
    `--b\r\n${'X: y\r\n'.repeat(1000)}\r\n\r\n--b--`,
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nnever ends',
  ),
  octets(200).map((text) => `--b\r\n${text}\r\n--b--\r\n`),
);

const contentType = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
);

/** A head of any kind, with whatever follows it. */
const anyRequest = fc
  .record({
    start: fc.tuple(method, target, version).map((parts) => parts.join(' ')),
    lines: fc.array(fc.tuple(line, lineBreak), { maxLength: 12 }),
    body: fc.oneof(fc.constant(''), json, form, octets(300)),
    breaks: fc.tuple(lineBreak, lineBreak),
  })
  .map(({ start, lines, body, breaks }) => [start, breaks[0], ...lines.flat(), breaks[1], body].join(''));

/** A request that reaches the routes: a sound head, and a body of any content. */
const soundRequest = fc
  .record({ path: fc.constantFrom('/notes', '/form', '/visits'), contentType, body: fc.oneof(json, form) })
  .chain(({ path, contentType: type, body }) => {
    const bytes = Buffer.from(body, 'utf8').toString('latin1');
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\n`;
    const size = bytes.length.toString(16);
    return fc.constantFrom(
      `${head}Content-Length: ${bytes.length}\r\n\r\n${bytes}`,
      `${head}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${bytes}\r\n0\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\n${size}f\r\n${bytes}\r\nnonsense\r\n\r\n`,
      `${head}Content-Length: ${bytes.length + 10}\r\n\r\n${bytes}`,
    );
  });

/** One connection: requests one after the other without waiting, torn into two pieces, cut now or left to the server. */
const connection = fc.record({
  requests: fc.array(fc.oneof(anyRequest, { weight: 2, arbitrary: soundRequest }), {
    minLength: 1,
    maxLength: 4,
  }),
  tearAt: fc.double({ min: 0, max: 1, noNaN: true }),
  end: fc.constantFrom('reset', 'cut', 'cut half-way', 'half-close'),
});
type Connection = typeof connection extends fc.Arbitrary<infer T> ? T : never;

const batch = fc.array(connection, { minLength: 5, maxLength: 10 });

describe('Hostile requests', () => {
  let server: ServerProcess;
  /** With what the server has answered. */
  const statuses = new Set<number>();

  beforeAll(async () => {
    server = await ServerProcess.start('everything');
  });

  afterAll(() => server.stop());

  it('leave the server answering, with bounded memory, and no pollution or echo', async () => {
    await assault(40);
    const { residentBytes: before } = await server.report();
    await assault(200);
    const { residentBytes: after, notes } = await server.report();
    expect(after - before).toBeLessThan(64 * MIB);
    // A request may be refused; none may come as far as an error of the server's own.
    expect(notes).toEqual([]);
    expect(statuses).not.toContain(500);
    // They were heard, and each kind of refusal was among the answers.
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 413, 415, 422]));
  });

  /** fast-check ends a failure with its seed, and the path to the smallest batch that fails. */
  async function assault(batches: number): Promise<void> {
    const property = fc.asyncProperty(batch, async (connections) => {
      await Promise.all(connections.map(send));
      await expectAlive();
    });
    await fc.assert(property, { seed: SEED, numRuns: batches, endOnFailure: true });
  }

  /** Sends it all, and ends as the connection says; after a half-close it reads the answers. */
  async function send({ requests, tearAt, end }: Connection): Promise<void> {
    const bytes = Buffer.from(requests.join(''), 'latin1');
    const at = Math.floor(bytes.byteLength * tearAt);
    const raw = await RawConnection.open(server.port);
    raw.send(bytes.subarray(0, at));
    await new Promise(setImmediate);
    if (end === 'cut half-way') return raw.cut();
    raw.send(bytes.subarray(at));
    await new Promise(setImmediate);
    if (end === 'cut') return raw.cut();
    if (end === 'reset') return void raw.socket.resetAndDestroy();
    raw.socket.end();
    const answers = (await raw.readToEnd()).toString('latin1');
    for (const [, status] of answers.matchAll(/^HTTP\/1\.1 (\d+)/gm)) statuses.add(Number(status));
  }

  async function expectAlive(): Promise<void> {
    const raw = await RawConnection.open(server.port);
    const answer = await raw.ask('GET', '/notes/7?tag=a');
    expect(answer.body.toString()).toBe('{"id":7,"tags":["a"],"theme":"light","inherited":[]}');
    raw.cut();
    expect(server.isRunning).toBe(true);
  }
});
