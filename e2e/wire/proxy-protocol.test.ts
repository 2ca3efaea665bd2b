import { createApp, type App, type ListenOptions } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ENGINES } from '../sockets/engines';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

/** https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt §2.2 */
const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

function formatVersion2(family: number, addresses: readonly number[], length = addresses.length): Buffer {
  return Buffer.concat([SIGNATURE, Buffer.from([0x21, family, length >> 8, length & 255, ...addresses])]);
}

const FOUR = formatVersion2(0x11, [203, 0, 113, 7, 10, 0, 0, 1, 0x12, 0x34, 0, 80]);
const SIX = formatVersion2(0x21, [...Buffer.from('20010db8'.padEnd(32, '7') + '0'.repeat(40), 'hex')]);
const ONE = Buffer.from('PROXY TCP4 203.0.113.7 10.0.0.1 4660 80\r\n');

describe.each(ENGINES)('The PROXY protocol on %s', (engine) => {
  const opened: App[] = [];
  const connections: RawConnection[] = [];

  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.cut();
    for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  });

  async function listen(trustProxy: string[] | undefined, options: ListenOptions = {}) {
    const app = await createApp({
      engine,
      logger: { info() {}, warn() {}, error() {} },
      ...(trustProxy && { trustProxy }),
      routes: [
        { method: 'GET', path: '/', handler: ({ request }) => request.address },
        {
          method: 'GET',
          path: '/later',
          handler: async ({ request }) => {
            await new Promise((resolve) => setTimeout(resolve, 1));
            return request.address;
          },
        },
      ],
    });
    opened.push(app);
    return app.listen({ port: 0, handleSignals: false, ...options });
  }

  async function open(port: number): Promise<RawConnection> {
    const connection = await RawConnection.open(port);
    connections.push(connection);
    return connection;
  }

  describe.each<[string, string[] | undefined]>([
    ['without trustProxy', undefined],
    ['with trustProxy', ['127.0.0.1']],
  ])('%s', (_, trustProxy) => {
    it.each<[string, Buffer, RegExp]>([
      ['version 1', ONE, engine === 'uws' ? /^HTTP\/1\.1 505 / : /^HTTP\/1\.1 400 /],
      // µWebSockets reads it from anybody, and keeps it apart from the address.
      ['version 2, IPv4', FOUR, engine === 'uws' ? /^HTTP\/1\.1 200 [^]*127\.0\.0\.1$/ : /^HTTP\/1\.1 400 /],
      ['version 2, IPv6', SIX, engine === 'uws' ? /^HTTP\/1\.1 200 [^]*127\.0\.0\.1$/ : /^HTTP\/1\.1 400 /],
    ])('a preamble of %s changes no address', async (__, preamble, expected) => {
      const { port } = await listen(trustProxy);
      for (const target of ['/', '/later']) {
        const first = await open(port);
        first.send(preamble, formatHead('GET', target, 'Connection: close'));
        expect((await first.readToEnd()).toString('latin1')).toMatch(expected);
        const second = await open(port);
        expect((await second.ask('GET', target)).body.toString()).toBe('127.0.0.1');
        second.send(preamble, formatHead('GET', target, 'Connection: close'));
        expect((await second.readToEnd()).toString('latin1')).toMatch(expected);
      }
    });
  });

  it('a preamble that is cut off, or lies about its length, harms no other connection', async () => {
    const { port } = await listen(undefined);
    const preambles = [
      SIGNATURE,
      FOUR.subarray(0, 15),
      formatVersion2(0x11, [1], 0xffff),
      formatVersion2(0x21, []),
      formatVersion2(0xff, [1, 2, 3]),
    ];
    for (const preamble of preambles) {
      const connection = await open(port);
      connection.send(preamble, formatHead('GET', '/'));
    }
    const other = await open(port);
    expect((await other.ask('GET', '/')).body.toString()).toBe('127.0.0.1');
  });

  it('cannot be asked for', async () => {
    await expect(listen(undefined, { proxyProtocol: true } as ListenOptions)).rejects.toMatchObject({
      problems: [{ code: 'OPTION_INVALID', fault: 'proxyProtocol is not supported.' }],
    });
  });
});
