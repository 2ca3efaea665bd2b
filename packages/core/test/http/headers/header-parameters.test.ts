import { parseHeaderParameters } from '../../../src/http/headers/header-parameters';

describe('the parameters of a header', () => {
  it.each<[string, Record<string, string> | undefined]>([
    ['text/plain', {}],
    ['text/plain;', {}],
    ['text/plain; ;;\t; ', {}],
    ['text/plain;charset=utf-8', { charset: 'utf-8' }],
    ['text/plain ; Charset = "UTF-8" ; ; x=', { charset: 'UTF-8', x: '' }],
    ['a/b; x="a;b, c=\\"d\\" \\\\ \\e"', { x: 'a;b, c="d" \\ e' }],
    ['multipart/form-data; boundary=----a:b/c?d', { boundary: '----a:b/c?d' }],
    ['a/b; x=1; X=2', undefined],
    ['a/b; x', undefined],
    ['a/b; =1', undefined],
    ['a/b; x="1', undefined],
    ['a/b; x="1"2', undefined],
    ['a/b; x=1 2', undefined],
    ['a/b; x=1"2"', undefined],
  ])('are understood in %j', (header, parameters) => {
    const parsed = parseHeaderParameters(header);
    expect(parsed && Object.fromEntries(parsed)).toEqual(parameters);
  });

  it('are parsed in linear time', () => {
    for (const text of [';', '; ', ';x=', ';x="\\', '\\"'].map((one) => `a/b;x="${one.repeat(50_000)}`))
      expect(parseHeaderParameters(text)).toBeUndefined();
    expect(parseHeaderParameters(`a/b${'; '.repeat(50_000)}`)!.size).toBe(0);
  });
});
