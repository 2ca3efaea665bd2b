import { formatThrown } from '../../src/configuration/format-thrown';

describe('formatThrown', () => {
  it('is what an error says, and for anything else its text', () => {
    expect([new TypeError('It broke.'), 'broken', undefined, 7].map(formatThrown)).toEqual([
      'It broke.',
      'broken',
      'undefined',
      '7',
    ]);
  });
});
