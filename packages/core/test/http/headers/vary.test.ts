import { mergeVary } from '../../../src/http/headers/vary';

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
  ])('merges %j and %j into %j', (current, fields, merged) =>
    expect(mergeVary(current, fields)).toBe(merged),
  );

  it('returns the same result again, also after more merges than it remembers', () => {
    const names = Array.from({ length: 120 }, (_, index) => `X-Name-${index}`);
    const merge = () => names.map((name) => mergeVary(name, 'Origin, Cookie'));
    expect(merge()).toEqual(names.map((name) => `${name}, Origin, Cookie`));
    expect(merge()).toEqual(names.map((name) => `${name}, Origin, Cookie`));
  });
});
