import { formatThrown } from '../../src/configuration/format-thrown';

describe('formatThrown', () => {
  it('returns the message of an error, and any other value as text', () => {
    expect([new TypeError('It broke.'), 'broken', undefined, 7].map(formatThrown)).toEqual([
      'It broke.',
      'broken',
      'undefined',
      '7',
    ]);
  });

  it('never throws, whatever was thrown', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const message = Object.defineProperty(new Error(), 'message', {
      get() {
        throw new Error('no message');
      },
    });
    for (const thrown of [Object.create(null), proxy, message])
      expect(formatThrown(thrown)).toBe('A value that cannot be shown as text');
  });
});
