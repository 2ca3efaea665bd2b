import { HeaderLine } from '../../../src/http/headers/header-line';

describe('a header line', () => {
  it('has its name as written and in lower case, and its value as text', () => {
    expect(new HeaderLine('X-Max', 5)).toEqual({ name: 'X-Max', lowerName: 'x-max', value: '5' });
  });

  it.each([
    ['X Y', '1'],
    ['', '1'],
    ['X', 'a\r\nY: b'],
    ['X', 'é'],
  ])('is refused when it cannot be sent: %j: %j', (name, value) => {
    expect(() => new HeaderLine(name, value)).toThrow(TypeError);
  });
});
