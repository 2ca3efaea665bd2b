import { connect } from 'node:net';
import type { us_listen_socket } from 'uWebSockets.js';
import type { Uws } from '../load-uws';

const TIMEOUT_MS = 1000;
const HEAD = '201 Created\r\nX-First: 1\r\nX-Second: 2';

/**
 * Tests whether the engine sends header lines that are part of the status unchanged, with one request to a server on a
 * free local port. If the test itself fails, the answer is no.
 */
export async function testHeadBlock(uws: Uws): Promise<boolean> {
  const app = uws.App();
  app.get('/', (res) => void res.writeStatus(HEAD).end('body'));
  const socket = await new Promise<us_listen_socket | false>((resolve) =>
    app.listen('127.0.0.1', 0, resolve),
  );
  if (!socket) return false;
  const answer = await ask(uws.us_socket_local_port(socket));
  app.close();
  const [head, body] = answer.split('\r\n\r\n');
  return (
    body === 'body' && head!.startsWith(`HTTP/1.1 ${HEAD}\r\n`) && head!.endsWith('\r\nContent-Length: 4')
  );
}

function ask(port: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.endsWith('body')) socket.destroy();
    });
    socket.on('error', () => undefined).on('close', () => resolve(answer));
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
    socket.write('GET / HTTP/1.1\r\nHost: sluice\r\n\r\n');
  });
}
