import fc from 'fast-check';
import { HttpError } from '../../../src/http/status/http-error';
import { parsePairs } from '../../../src/http/query/parse-pairs';
import { QueryValues } from '../../../src/http/query/query-values';

describe('the values of a query', () => {
  it('are decoded, in order, with repeated names', () => {
    const query = new QueryValues('a=1&b=%C3%A9+x&a=2&flag&=nameless&&c=x=y');
    expect([...query]).toEqual(parsePairs('a=1&b=%C3%A9+x&a=2&flag&=nameless&&c=x=y'));
    expect([query.get('a'), query.getAll('a'), query.has('flag'), query.has('z'), query.get('z')]).toEqual([
      '1',
      ['1', '2'],
      true,
      false,
      undefined,
    ]);
  });

  it('are empty for an empty query', () => expect([...new QueryValues('')]).toEqual([]));

  it('become an object without prototype, in which a repeated name has a list', () => {
    const object = new QueryValues('a=1&a=2&a=3&__proto__=x&constructor=y&b=1').toObject();
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(Object.entries(object)).toEqual([
      ['a', ['1', '2', '3']],
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['b', '1'],
    ]);
  });

  it.each(['a=%', '%zz=1', 'a=%ff', 'a=%C3'])('are refused when the encoding is malformed: %j', (raw) => {
    const attempt = () => new QueryValues(raw);
    expect(attempt).toThrow(HttpError);
    expect(attempt).toThrow('The URL or form has malformed percent-encoding.');
  });

  it('are those that URLSearchParams wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (pairs) => {
        const written = new URLSearchParams(pairs.filter(([name, value]) => name !== '' || value !== ''));
        expect([...new QueryValues(written.toString())]).toEqual([...written]);
      }),
    );
  });

  it('are the same one by one and all together', () => {
    const atom = fc.constantFrom(
      ...['a', 'b', 'ab', '', '=', '&', '+', '%20', '%41', '%C3%A9', '%ff', '%', '%zz', 'é', '\u0000'],
      ...['__proto__', 'constructor', 'toString', '%5F_proto__'],
    );
    const text = fc.array(atom, { maxLength: 12 }).map((atoms) => atoms.join(''));
    const name = fc.oneof(atom, text, fc.string());
    fc.assert(
      fc.property(fc.oneof(text, fc.webQueryParameters(), fc.string()), name, (raw, wanted) => {
        const isWanted = (pair: readonly string[]) => pair[0] === wanted;
        const values = () => new QueryValues(raw);
        expect(attempt(() => values().get(wanted))).toEqual(
          attempt(() => parsePairs(raw).find(isWanted)?.[1]),
        );
        expect(attempt(() => values().has(wanted))).toEqual(attempt(() => parsePairs(raw).some(isWanted)));
      }),
      { numRuns: 1000 },
    );
  });

  it('are found in linear time', () => {
    // In a megabyte, searching the rest of the text for each part would exceed the time limit of a test.
    const raw = 'a&'.repeat(500_000);
    expect([new QueryValues(raw).get('b'), new QueryValues(`${raw}b=1`).get('b')]).toEqual([undefined, '1']);
  });
});

/** The value read, or the code of the refusal. */
function attempt(read: () => unknown): unknown {
  try {
    return { read: read() };
  } catch (error) {
    return { refused: (error as HttpError).code };
  }
}
