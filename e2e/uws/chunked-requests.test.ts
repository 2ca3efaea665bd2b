import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('A chunked request', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('plain', { SLUICE_ENGINE: 'uws' });
  });

  afterAll(() => server.stop());

  beforeEach(() => server.report());

  const chunked = (method: string, target: string): string =>
    formatHead(method, target, 'Transfer-Encoding: chunked');

  it.each([
    ['POST', '/echo', 200],
    ['POST', '/ignore', 200],
    ['PUT', '/note-later', 200],
    ['DELETE', '/note', 200],
    ['POST', '/empty-post', 204],
    ['POST', '/nothing', 404],
    ['POST', '/limited', 200],
    ['BREW', '/note', 501],
  ])('is the last on its connection, which closes: %s %s', async (method, target, expected) => {
    const connection = await RawConnection.open(server.port);
    connection.send(chunked(method, target), '5\r\nhello\r\n', '0\r\n\r\n');
    const { status, header } = await connection.readResponse();
    expect([status, header('connection')]).toEqual([expected, 'close']);
    expect(await connection.readToEnd()).toHaveLength(0);
  });

  it.each([
    ['in the name', 'abGET /note?smuggled HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['in the value', 'a:GET /note?smuggled HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['across both', 'abGET: /note?smuggled HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('runs no request that its trailers contain %s', async (_, trailers) => {
    for (const target of ['/echo', '/ignore', '/note', '/note-later', '/nothing'])
      for (const pieces of [
        [`${chunked('POST', target)}5\r\nhello\r\n0\r\n${trailers}`],
        [`${chunked('POST', target)}5\r\nhello\r\n0\r\n`, trailers],
        [chunked('POST', target), '5\r\nhello\r\n0\r\n', trailers],
      ]) {
        const connection = await RawConnection.open(server.port);
        for (const piece of pieces) {
          connection.send(piece);
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
        const answers = (await connection.readToEnd()).toString('latin1').split('HTTP/1.1 ').length - 1;
        expect([target, pieces.length, answers < 2]).toEqual([target, pieces.length, true]);
        const { notes } = await server.report();
        expect(notes.filter((note) => note.includes('smuggled'))).toEqual([]);
      }
  });
});
