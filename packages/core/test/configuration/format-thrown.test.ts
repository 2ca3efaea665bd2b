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
});
