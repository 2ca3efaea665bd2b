import { mergeVary } from '../../src/http/vary';

describe('mergeVary', () => {
  it.each([
    [undefined, 'Origin', 'Origin'],
    ['', 'Origin', 'Origin'],
    ['Origin', 'Origin', 'Origin'],
    ['Origin', 'origin', 'Origin'],
    ['Origin', 'Cookie', 'Origin, Cookie'],
    ['Origin, Cookie', 'COOKIE, Accept-Encoding', 'Origin, Cookie, Accept-Encoding'],
    ['Origin', 'Cookie, cookie', 'Origin, Cookie'],
    [undefined, 'Origin, origin', 'Origin'],
    ['*', 'Origin', '*'],
    ['Origin', '*', '*'],
    [undefined, 'Origin, *', '*'],
    ['Origin', ' , ', 'Origin'],
  ])('makes of %j and %j %j', (current, fields, merged) => expect(mergeVary(current, fields)).toBe(merged));
});
