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
