import fc from 'fast-check';
import { HttpError } from '../../src/http/http-error';
import { QueryValues } from '../../src/http/query-values';

describe('the values of a query', () => {
  it('are decoded, in order, repeated names kept', () => {
    const query = new QueryValues('a=1&b=%C3%A9+x&a=2&flag&=nameless&&c=x=y');
    expect([...query]).toEqual([
      ['a', '1'],
      ['b', 'é x'],
      ['a', '2'],
      ['flag', ''],
      ['', 'nameless'],
      ['c', 'x=y'],
    ]);
    expect([query.get('a'), query.getAll('a'), query.has('flag'), query.has('z'), query.get('z')]).toEqual([
      '1',
      ['1', '2'],
      true,
      false,
      undefined,
    ]);
  });

  it('are none for an empty query', () => expect([...new QueryValues('')]).toEqual([]));

  it('become an object without prototype, in which a repeated name is a list', () => {
    const object = new QueryValues('a=1&a=2&a=3&__proto__=x&constructor=y&b=1').toObject();
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(Object.entries(object)).toEqual([
      ['a', ['1', '2', '3']],
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['b', '1'],
    ]);
  });

  it.each(['a=%', '%zz=1', 'a=%ff', 'a=%C3'])('of %j are refused with 400, and not told', (raw) => {
    const attempt = () => new QueryValues(raw);
    expect(attempt).toThrow(HttpError);
    expect(attempt).toThrow('The URL or form has malformed percent-encoding.');
  });

  it('survive being written by URLSearchParams', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (pairs) => {
        const written = new URLSearchParams(pairs.filter(([name, value]) => name !== '' || value !== ''));
        expect([...new QueryValues(written.toString())]).toEqual([...written]);
      }),
    );
  });
});
