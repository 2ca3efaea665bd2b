import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp, stream, type App, type Context } from '@sluice/core';
import { ENGINES } from '../sockets/engines';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { writeCertificate } from './write-certificate';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

/** The ways in which a client leaves: with a close_notify of TLS before the end of the connection, or without. */
const WAYS: readonly (readonly [string, (connection: RawConnection) => void])[] = [
  ['ends TLS first', ({ socket }) => void socket.end(() => socket.destroy())],
  ['only ends the connection', (connection) => connection.cut()],
];

describe.each(ENGINES)('A client with TLS that leaves, on %s', (engine) => {
  let app: App;
  let port: number;
  let seen: string[];

  beforeEach(async () => {
    seen = [];
    const follow = (context: Context): void => {
      context.signal.addEventListener('abort', () => seen.push('aborted'));
      context.onResponseEnd((end) => seen.push(`response ${end}`));
      context.onCleanup(() => seen.push('cleaned up'));
      seen.push('begun');
    };
    async function* tick({ signal }: Context) {
      yield 'first';
      await once(signal, 'abort');
    }
    app = await createApp({
      engine,
      logger: { info() {}, warn() {}, error: (error) => void seen.push(`logged ${String(error)}`) },
      routes: [
        { method: 'GET', path: '/', handler: () => 'alive' },
        {
          method: 'GET',
          path: '/waits',
          handler: async (context) => (follow(context), await once(context.signal, 'abort'), 'late'),
        },
        {
          method: 'POST',
          path: '/reads',
          handler: async (context) => (follow(context), await context.request.bytes(), 'whole'),
        },
        { method: 'GET', path: '/streams', handler: (context) => (follow(context), stream(tick(context))) },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false, tls: writeCertificate('own') }));
  });

  afterEach(() => app.close({ timeoutMs: 0 }));

  /** Waits until the request is done with. */
  async function waitFor(entry: string): Promise<void> {
    for (let count = 0; !seen.includes(entry); count++) {
      if (count > 2000) throw new Error(`Not seen within 20 seconds: ${entry}, only ${seen.join(', ')}`);
      await wait(10);
    }
  }

  const REQUESTS: readonly (readonly [string, string, string])[] = [
    ['waits for its answer', formatHead('GET', '/waits'), ''],
    ['sends its body', `${formatHead('POST', '/reads', 'Content-Length: 100000')}part of it`, ''],
    ['reads a stream', formatHead('GET', '/streams'), 'first'],
  ];

  it.each(
    REQUESTS.flatMap(([when, ...rest]) => WAYS.map(([way, leave]) => [when, way, leave, ...rest] as const)),
  )(
    'while it %s aborts the signal, ends the response and runs the clean-ups, once: it %s',
    async (_when, _way, leave, head, received) => {
      const connection = await RawConnection.openTls(port);
      connection.send(head);
      await waitFor('begun');
      await connection.readThrough(received);
      leave(connection);
      await waitFor('cleaned up');
      const other = await RawConnection.openTls(port);
      for (let count = 0; count < 10; count++)
        expect((await other.ask('GET', '/')).body.toString()).toBe('alive');
      other.cut();
      expect([...seen].sort()).toEqual(['aborted', 'begun', 'cleaned up', 'response aborted']);
    },
  );
});
