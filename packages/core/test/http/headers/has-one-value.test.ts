import { hasOneValue } from '../../../src/http/headers/has-one-value';
import { makeContext } from '../../make-context';

describe('hasOneValue', () => {
  it.each<[string[], boolean]>([
    [[], true],
    [['a'], true],
    [['a', 'a'], true],
    [['a', 'b'], false],
    [['', 'a'], false],
    [['a', 'A'], false],
    [['a', 'a', 'b'], false],
  ])('of the lines %j is %s', (origin, hasOne) => {
    const { request } = makeContext({ headers: { origin, accept: ['x', 'y'] } });
    expect(hasOneValue(request, 'Origin')).toBe(hasOne);
  });
});
