import { parseParameters, type ParameterGrammar } from '../../../src/http/headers/parse-parameters';

const GRAMMAR: ParameterGrammar = {
  parameter: /(?:(?<name>\w+)=(?:(?<bare>\w+)|"(?<quoted>[^"]*)"))?(?:;|$)/y,
  unescape: (quoted) => quoted.toUpperCase(),
};

describe('parseParameters', () => {
  it('lower-cases names, keeps bare values and removes the escapes of quoted ones', () => {
    expect([...parseParameters('A=x;b="y z";c=""', GRAMMAR)!]).toEqual([
      ['a', 'x'],
      ['b', 'Y Z'],
      ['c', ''],
    ]);
  });

  it('skips parameters without a name', () => {
    expect([...parseParameters(';;a=x;', GRAMMAR)!]).toEqual([['a', 'x']]);
    expect(parseParameters('', GRAMMAR)!.size).toBe(0);
  });

  it.each(['a', 'a=x b=y', 'a=x;b="y', 'a=x;A=y'])('refuses %j, and starts anew after it', (text) => {
    expect(parseParameters(text, GRAMMAR)).toBeUndefined();
    expect(parseParameters('a=x', GRAMMAR)!.size).toBe(1);
  });
});
