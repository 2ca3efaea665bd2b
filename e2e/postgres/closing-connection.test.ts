import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { postgresStore } from '@sluice/session-sql';
import { Pool } from 'pg';

/** A message of PostgreSQL: a letter, its length and its content. */
function message(letter: string, content: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(4 + content.length, 1);
  return Buffer.concat([head, Buffer.from(content, 'latin1')]);
}

/** A server that shuts down has the connection ready, and closes it in the same packet. */
const READY_AND_GONE = Buffer.concat([
  message('R', '\0\0\0\0'),
  message('Z', 'I'),
  message('E', 'SFATAL\0C57P01\0Mterminating connection\0\0'),
]);

it('a connection that is closed in the packet that opens it fails its request, and does not end the process', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.end(READY_AND_GONE)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const pool = new Pool({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, user: 'any' });
  try {
    const store = postgresStore({ pool, logger: { info() {}, error() {} } });
    await expect(store.get('a')).rejects.toThrow(/terminating connection|connection error|closed|ended/);
    expect(store.pending).toBe(0);
  } finally {
    await pool.end();
    server.close();
  }
});
