import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

// On node:http, answers wait in the operating system, and no further request is read.
describe('A client that does not read', () => {
  it.each(['/empty', '/unchanged', '/text/0'])(
    'loses its connection also if it sends %s little by little',
    async (target) => {
      await using fast = await ServerProcess.start('unread', { SLUICE_ENGINE: 'uws' });
      const before = await countServed(fast);
      const { socket } = await RawConnection.open(fast.port);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.pause();
      const one = formatHead('GET', target);
      let sent = 0;
      for (let served = 0; !socket.destroyed && sent < 50_000; served = (await countServed(fast)) - before) {
        // More are sent when the earlier ones were served, so that no turn of the server has too many. A paused socket
        // sees that the other side has closed only when it writes.
        const count = sent - served < 10 ? 1000 : 1;
        socket.write(one.repeat(count));
        sent += count;
      }
      socket.resume();
      await closed;
      expect((await countServed(fast)) - before).toBeLessThan(sent);
    },
  );

  async function countServed({ port }: ServerProcess): Promise<number> {
    const connection = await RawConnection.open(port);
    const { body } = await connection.ask('GET', '/count');
    connection.cut();
    return Number(body.toString());
  }
});

describe('A large body whose buffer is transferred while it is sent', () => {
  it('cuts the connection, is logged, and does not end the process', async () => {
    // node:http keeps the memory until it has sent it.
    const server = await ServerProcess.start('unread', { SLUICE_ENGINE: 'uws' });
    try {
      const connection = await RawConnection.open(server.port);
      connection.socket.pause();
      connection.send(formatHead('GET', '/transferred'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      connection.socket.resume();
      expect((await connection.readToEnd()).byteLength).toBeLessThan(20_000_000);
      expect((await server.report()).notes).toEqual([
        'logged TypeError: The buffer of the body was transferred.',
      ]);
      expect((await (await RawConnection.open(server.port)).ask('GET', '/alive')).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});

describe('A client that pipelines without end', () => {
  it('is stopped after a bounded number of answers in one turn of the loop', async () => {
    const server = await ServerProcess.start('unread', { SLUICE_ENGINE: 'uws' });
    try {
      const honest = await RawConnection.open(server.port);
      const flooder = await RawConnection.open(server.port);
      flooder.send(formatHead('GET', '/text/1').repeat(100_000));
      await flooder.readToEnd();
      const served = Number((await honest.ask('GET', '/count')).body.toString());
      expect(served).toBeGreaterThan(800);
      expect(served).toBeLessThan(10_000);
    } finally {
      await server.stop();
    }
  });
});
