import { RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe.each(['early', 'late'])('Bytes that are not ASCII, read %s', (when) => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('bytes', { SLUICE_ENGINE: 'uws' });
  });

  afterAll(() => server.stop());

  /** Sends bytes, as a string with a character for each, and returns what the application read, or the status. */
  async function read(name: string, query: string, ...lines: readonly string[]): Promise<unknown> {
    const connection = await RawConnection.open(server.port);
    const { status, body } = await connection.ask('GET', `/${when}/${name}?q=${query}`, ...lines);
    connection.cut();
    return status === 200 ? (JSON.parse(body.toString()) as unknown) : status;
  }

  const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

  it('are UTF-8 in path and query, as they are and percent-encoded', async () => {
    expect(await read(utf8('Zoë'), utf8('日本'))).toMatchObject({
      path: `/${when}/Zoë`,
      rawQuery: 'q=日本',
      query: '日本',
      name: 'Zoë',
    });
    expect(await read('Zo%C3%AB', '%E6%97%A5')).toMatchObject({
      path: `/${when}/Zo%C3%AB`,
      query: '日',
      name: 'Zoë',
    });
    expect(await read(`${utf8('Zoë')}%20`, `${utf8('日')}+%21`)).toMatchObject({
      query: '日 !',
      name: 'Zoë ',
    });
  });

  it('are replaced in path and query if they are not UTF-8, and refused if they are percent-encoded', async () => {
    expect(await read('Zo\xeb', '\xff')).toMatchObject({ query: '\ufffd', name: 'Zo\ufffd' });
    expect(await read('Zo%EB', 'x')).toBe(400);
    expect(await read('x', '%FF')).toBe(400);
  });

  it('are UTF-8 in headers, or Latin-1 where they are not, line by line', async () => {
    const lines = [`X-Name: a ${utf8('Zoë')} b`, `X-Name: c ${utf8('日本')} d`];
    expect(await read('x', 'x', ...lines)).toMatchObject({
      header: 'a Zoë b, c 日本 d',
      headers: ['a Zoë b', 'c 日本 d'],
    });
    expect(await read('x', 'x', 'X-Name: a Zo\xeb b')).toMatchObject({
      header: 'a Zoë b',
      headers: ['a Zoë b'],
    });
  });

  it('are replaced in a second line of a header if they are not UTF-8: the engine gives them only once', async () => {
    expect(await read('x', 'x', 'X-Name: a Zo\xeb b', 'X-Name: c Zo\xeb d')).toMatchObject({
      header: 'a Zoë b, c Zo\ufffd d',
      headers: ['a Zoë b', 'c Zo\ufffd d'],
    });
  });
});
