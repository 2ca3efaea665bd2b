import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const KIBIBYTE = 1024;
const NOTHING = Buffer.alloc(0);

describe('The limits of docs/deployment.md', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('bodies');
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => connection.cut());

  it('a head of more than 16 KiB is answered with 431, and the connection ends', async () => {
    connection.send(formatHead('GET', '/', `X-Long: ${'x'.repeat(16 * KIBIBYTE)}`));
    expect((await connection.readToEnd()).toString('latin1')).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('a body of more than 1 MiB is answered with 413, and the connection ends', async () => {
    connection.send(formatHead('POST', '/read', `Content-Length: ${KIBIBYTE * KIBIBYTE + 1}`));
    const response = await connection.readResponse();
    expect([response.status, response.header('connection')]).toEqual([413, 'close']);
  });

  it('a head that stops coming is given up without an answer, and a connection without a further request is closed', async () => {
    connection.send('GET / HTTP/1.1\r\nHost: a\r\n');
    const idle = await RawConnection.open(server.port);
    expect((await idle.ask('GET', '/')).status).toBe(200);
    // Each takes about ten seconds.
    expect(await Promise.all([connection.readToEnd(), idle.readToEnd()])).toEqual([NOTHING, NOTHING]);
  });
});
