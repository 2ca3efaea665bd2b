import { createHmac, randomBytes } from 'node:crypto';
import { MAC_LENGTH, makeHmac } from '../../src/token/hmac';

const START = Buffer.from('sluice/session/1/session\0');

function compute(key: Uint8Array, message: Uint8Array): Buffer {
  const target = Buffer.alloc(MAC_LENGTH + 2, 0xee);
  makeHmac(key, START)(message, target, 1);
  expect([target[0], target.at(-1)]).toEqual([0xee, 0xee]);
  return target.subarray(1, -1);
}

function computeByNode(key: Uint8Array, message: Uint8Array): Buffer {
  return createHmac('sha256', key).update(START).update(message).digest();
}

describe('makeHmac', () => {
  it.each([0, 1, 38, 39, 63, 64, 65, 500, 4095, 4096, 4097, 10_000])(
    'computes what Node computes, for a message of %d bytes',
    (length) => {
      const message = randomBytes(length);
      for (const keyLength of [1, 32, 64]) {
        const key = randomBytes(keyLength);
        expect(compute(key, message)).toEqual(computeByNode(key, message));
      }
    },
  );

  it('leaves nothing of a message to the next one', () => {
    const key = randomBytes(32);
    const computeMac = makeHmac(key, START);
    const target = Buffer.alloc(MAC_LENGTH);
    for (const length of [300, 5000, 20, 0, 100]) {
      const message = randomBytes(length);
      computeMac(message, target, 0);
      expect(target).toEqual(computeByNode(key, message));
    }
  });

  it('refuses a key that would have to be hashed first', () => {
    expect(() => makeHmac(randomBytes(65), START)).toThrow(RangeError);
  });
});
