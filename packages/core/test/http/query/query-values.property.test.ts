import fc from 'fast-check';
import { HttpError } from '../../../src';
import { QueryValues } from '../../../src/http/query/query-values';

const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a', 'a[b]', 'a.b', ''),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
);
const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'grapheme', maxLength: 10 })), { maxLength: 20 });

describe('any query', () => {
  it('has the values that URLSearchParams finds, also for names that pollute', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        fc.pre(list.flat().every((text) => text.isWellFormed()));
        const raw = new URLSearchParams(list).toString();
        const values = new QueryValues(raw);
        expect([...values]).toEqual([...new URLSearchParams(raw)]);
        for (const [name] of list) expect(values.getAll(name)).toEqual(new URLSearchParams(raw).getAll(name));
      }),
    );
  });

  it('becomes an object without prototype, and changes no prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(pairs, (list) => {
        const object = new QueryValues(new URLSearchParams(list).toString()).toObject();
        expect(Object.getPrototypeOf(object)).toBeNull();
        expect(Object.keys(object).sort()).toEqual(
          [...new Set(list.map(([name]) => name.toWellFormed()))].sort(),
        );
      }),
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('is parsed, or refused with 400', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('%', '=', '&', '+', '4', 'z') }),
        (one, other) => {
          for (const raw of [one, other]) {
            try {
              new QueryValues(raw).toObject();
            } catch (error) {
              expect(error).toBeInstanceOf(HttpError);
              expect((error as HttpError).status).toBe(400);
            }
          }
        },
      ),
    );
  });
});
