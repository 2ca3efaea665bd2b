import * as crypto from 'node:crypto';
import { SecretSet } from '../src/secret-set';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  return { ...real, timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

describe('SecretSet', () => {
  const secrets = new SecretSet([
    ['ada', 'first'],
    ['bob', 'second'],
    ['eve', 'third'],
  ]);

  it('finds the owner of a secret', () => {
    expect(secrets.findOwner('first')).toEqual({ name: 'ada' });
    expect(secrets.findOwner('third')).toEqual({ name: 'eve' });
    expect(secrets.findOwner('')).toBeUndefined();
    expect(secrets.findOwner('firs')).toBeUndefined();
  });

  it.each(['first', 'third', 'none', 'x'.repeat(10_000)])(
    'compares all digests, whether or not it finds one: %s',
    (secret) => {
      const compare = jest.mocked(crypto.timingSafeEqual).mockClear();
      secrets.findOwner(secret);
      expect(compare).toHaveBeenCalledTimes(3);
      for (const [known, given] of compare.mock.calls)
        expect([known.byteLength, given.byteLength]).toEqual([32, 32]);
    },
  );
});
