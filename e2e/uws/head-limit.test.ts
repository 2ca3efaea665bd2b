import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const VARIABLE = 'UWS_HTTP_MAX_HEADERS_SIZE';

describe('The head of a request', () => {
  let server: ServerProcess | undefined;

  afterEach(() => server?.stop());

  async function ask(target: string, ...lines: readonly string[]): Promise<string> {
    const connection = await RawConnection.open(server!.port);
    const { body } = await connection.ask('GET', target, ...lines);
    connection.cut();
    return body.toString();
  }

  /** The status of a request whose head has so many bytes, sent in several packets. */
  async function sendHead(bytes: number): Promise<number> {
    const frame = formatHead('GET', '/', 'X-Long: ').length;
    const head = formatHead('GET', '/', `X-Long: ${'x'.repeat(bytes - frame)}`);
    const connection = await RawConnection.open(server!.port);
    connection.socket.setNoDelay(true);
    for (let at = 0; at < bytes; at += 3000) {
      connection.send(head.slice(at, at + 3000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { status } = await connection.readResponse();
    connection.cut();
    return status;
  }

  it('may have 5 KB of cookies', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws' });
    const cookies = Array.from({ length: 5 }, (_, index) => `c${index}=${'x'.repeat(1024)}`);
    expect(await ask('/cookies', `Cookie: ${cookies.join('; ')}`)).toBe('["c0","c1","c2","c3","c4"]');
  });

  it('is limited to 16 KiB unless the application says otherwise', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws' });
    expect([await sendHead(16_300), await sendHead(16_500)]).toEqual([200, 431]);
  });

  it('has the limit of the option', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', LIMIT: '2000' });
    expect([await sendHead(1900), await sendHead(2100)]).toEqual([200, 431]);
    await server.stop();
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', LIMIT: '100000' });
    expect([await sendHead(99_000), await sendHead(101_000)]).toEqual([200, 431]);
  });

  it('has the limit of the environment, which wins over the option', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', LIMIT: '2000', [VARIABLE]: '6000' });
    expect([await sendHead(5900), await sendHead(6100)]).toEqual([200, 431]);
    expect(await ask('/other?limit=50000')).toBe('listens');
  });

  it('has the default limit if the variable in the environment is empty', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', [VARIABLE]: '' });
    expect([await sendHead(16_300), await sendHead(16_500)]).toEqual([200, 431]);
  });

  it('has one limit in a process: an application with another one does not start', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', LIMIT: '20000' });
    const refused =
      'HEADER_LIMIT_CONFLICT: The application has maxHeaderBytes: 30000, but the engine was loaded with 20000, which holds for the whole process.';
    expect(await ask('/other?limit=30000')).toBe(refused);
    expect(await ask('/other?limit=20000')).toBe('listens');
    expect(await ask('/other')).toBe('listens');
    expect(await ask('/other?worker&limit=30000')).toBe(refused);
    expect(await ask('/other?worker&limit=20000')).toBe('listens');
    expect(await ask('/other?worker')).toBe('listens');
  });

  it('leaves the environment of child processes as it was', async () => {
    server = await ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', LIMIT: '20000' });
    expect(await ask('/variable')).toBe('undefined');
  });

  it.each(['0', 'abc', '-1', '16kb'])('cannot have %s as its limit in the environment', async (value) => {
    await expect(ServerProcess.start('heads', { SLUICE_ENGINE: 'uws', [VARIABLE]: value })).rejects.toThrow(
      'OPTION_INVALID  the environment\n    UWS_HTTP_MAX_HEADERS_SIZE must be a number of bytes.',
    );
  });
});
