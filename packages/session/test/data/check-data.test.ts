import fc from 'fast-check';
import { checkData } from '../../src/data/check-data';
import { makeSessionObject } from '../../src/data/session-object';

const check = (values: object) => () => checkData(makeSessionObject(values as never));

describe('the data of a session', () => {
  const circle: { self?: object } = {};
  circle.self = circle;

  it.each<[string, unknown, string]>([
    ['a Map', new Map([['a', 1]]), 'of type Map'],
    ['an empty Map', new Map(), 'of type Map'],
    ['a Set', new Set([1]), 'of type Set'],
    ['a WeakMap', new WeakMap(), 'of type WeakMap'],
    ['NaN', NaN, 'NaN'],
    ['an infinite number', -Infinity, '-Infinity'],
    ['bytes', new Uint8Array(2), 'bytes'],
    ['a Buffer, which has a toJSON', Buffer.from('a'), 'bytes'],
    ['an ArrayBuffer', new ArrayBuffer(2), 'bytes'],
    ['a DataView', new DataView(new ArrayBuffer(2)), 'bytes'],
    ['a RegExp', /a/, 'of type RegExp'],
    ['an error', new Error('x'), 'of type Error'],
    ['a promise', Promise.resolve(1), 'of type Promise'],
    ['search parameters', new URLSearchParams('a=1'), 'of type URLSearchParams'],
    ['a bigint', 1n, 'a bigint'],
    ['a function', () => 1, 'a function'],
    ['a symbol', Symbol('a'), 'a symbol'],
    ['an invalid date', new Date(NaN), 'an invalid date'],
  ])('cannot hold %s at any depth: the error names the place', (_, value, fault) => {
    const problem = (pointer: string) =>
      `The session cannot hold ${pointer}: it is ${fault}, which would not`;
    expect(check({ ok: 1, bad: value })).toThrow(problem('/bad'));
    expect(check({ cart: { lines: [{}, { 'a/b~c': value }] } })).toThrow(problem('/cart/lines/1/a~1b~0c'));
  });

  it('cannot hold a circle, but one object in two places', () => {
    expect(check({ a: circle })).toThrow('The session cannot hold /a/self: it is a circular reference');
    const shared = { a: [1] };
    expect(check({ one: shared, two: [shared, shared] })).not.toThrow();
  });

  it('can hold everything that JSON can, dates, undefined, and objects that say what they are as JSON', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => check(value)()));
    class Money {
      readonly #amount = new Map();
      toJSON() {
        return String(this.#amount.size);
      }
    }
    class Point {
      constructor(readonly x: number) {}
    }
    const values = {
      when: new Date(0),
      none: undefined,
      list: [undefined],
      money: new Money(),
      at: new Point(1),
    };
    expect(
      check({ ...values, url: new URL('http://a.example'), bare: Object.create(null) as object }),
    ).not.toThrow();
  });
});
