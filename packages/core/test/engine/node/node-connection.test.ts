import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { NodeConnection } from '../../../src/engine/node/node-connection';
import { WaitingRoom } from '../../../src/engine/node/waiting-room';

describe('the address of a connection', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:102:304', '1.2.3.4'],
    ['2001:db9:0:0::1', '2001:db9::1'],
    ['fe80::1%eth0', 'fe80::1'],
    [undefined, ''],
  ])('is the canonical text of %s, without a zone', (remoteAddress, address) => {
    expect(new NodeConnection({ remoteAddress } as Socket, new WaitingRoom(), () => {}).address).toBe(
      address,
    );
  });
});

describe('Pipelined requests of one connection', () => {
  it('run while up to 64 short answers before them are not sent', () => {
    const { run, connection } = open();
    for (let count = 0; count < 100; count++) connection.take(makeExchange(true));
    // The first one and those that are 64 ahead of it.
    expect(run).toHaveLength(65);
  });

  it('wait behind an answer that is not short, or has not been given', () => {
    const { run, connection } = open();
    connection.take(makeExchange(true));
    for (let count = 0; count < 3; count++) connection.take(makeExchange(false));
    expect(run).toHaveLength(2);
  });

  it('go on when the newest answer was sent, so 64 more may be ahead of the socket', () => {
    const { run, connection } = open();
    for (let count = 0; count < 300; count++) connection.take(makeExchange(true));
    for (const total of [130, 195, 260, 300]) {
      const { res } = run.at(-1)!;
      Object.assign(res, { writableFinished: true });
      res.emit('close');
      expect(run).toHaveLength(total);
    }
  });

  function open() {
    const run: ReturnType<typeof makeExchange>[] = [];
    const socket = { remoteAddress: '::1', pause() {}, resume() {} } as unknown as Socket;
    const connection = new NodeConnection<ReturnType<typeof makeExchange>>(
      socket,
      new WaitingRoom(),
      (exchange) => void run.push(exchange),
    );
    return { run, connection };
  }

  function makeExchange(isHandedOver: boolean) {
    const res = Object.assign(new EventEmitter(), { writableFinished: false, destroyed: false });
    return {
      req: { complete: true } as IncomingMessage,
      res: res as unknown as ServerResponse,
      isHandedOver,
      leave() {},
    };
  }
});
