import { HeaderLine } from '../../../src/http/headers/header-line';
import { ResponseHeaders } from '../../../src/http/headers/headers';
import { compileOnly } from '../../compile-only';

describe('a header line', () => {
  it('has its name as written and in lower case, and its value as text', () => {
    expect(new HeaderLine('X-Max', 5)).toEqual({ name: 'X-Max', lowerName: 'x-max', value: '5' });
  });

  it('cannot be changed after the check, or replaced by an unchecked object', () => {
    const line = new HeaderLine('X', '1');
    expect(() => ((line as { value: string }).value = 'a\r\nY: b')).toThrow(TypeError);
    const unchecked = { name: 'X', lowerName: 'x', value: 'a\r\nY: b' };
    // @ts-expect-error only the constructor makes a HeaderLine
    compileOnly(() => new ResponseHeaders().setLine(unchecked));
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
