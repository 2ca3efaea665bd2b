import { isSingletonHeader, joinHeader } from '../../../src/http/headers/join-header';

describe('joinHeader', () => {
  it('joins lines with a comma, Cookie with a semicolon', () => {
    expect(joinHeader('accept', undefined, 'a')).toBe('a');
    expect(joinHeader('accept', 'a', 'b')).toBe('a, b');
    expect(joinHeader('cookie', 'a=1', 'b=2')).toBe('a=1; b=2');
  });
});

describe('isSingletonHeader', () => {
  it('is true only for headers that are not lists', () => {
    expect(['authorization', 'content-length', 'host', 'origin'].every(isSingletonHeader)).toBe(true);
    expect(['accept-encoding', 'cookie', 'x-forwarded-for', 'if-none-match'].some(isSingletonHeader)).toBe(
      false,
    );
  });
});
