import { prependOwn, readDesignTypes, readOwn, writeOwn } from '../../src/metadata/store';

class Parent {}
class Child extends Parent {}

describe('the store of metadata', () => {
  it('gives back what was written, on a class and on a member', () => {
    writeOwn('one', 1, Parent);
    writeOwn('one', 2, Parent.prototype, 'method');
    expect([readOwn('one', Parent), readOwn('one', Parent.prototype, 'method')]).toEqual([1, 2]);
    expect(readOwn('two', Parent)).toBeUndefined();
  });

  it('reads own metadata only', () => {
    writeOwn('own', 1, Parent);
    writeOwn('own', 1, Parent.prototype, 'method');
    expect([readOwn('own', Child), readOwn('own', Child.prototype, 'method')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('puts a record in front, and edits no list that somebody has read', () => {
    prependOwn('list', ['b'], Parent);
    const before = readOwn('list', Parent);
    prependOwn('list', ['a'], Parent);
    expect([before, readOwn('list', Parent)]).toEqual([['b'], ['a', 'b']]);
    expect(Object.isFrozen(before)).toBe(true);
    prependOwn('list', ['c'], Child);
    expect([readOwn('list', Parent), readOwn('list', Child)]).toEqual([['a', 'b'], ['c']]);
  });

  it('finds its keys in the registry of symbols, so that two copies see one another', () => {
    writeOwn('shared', 1, Parent);
    expect(Reflect.getOwnMetadata(Symbol.for('sluice:shared'), Parent)).toBe(1);
  });

  it('reads the types that the compiler emitted', () => {
    Reflect.defineMetadata('design:paramtypes', [String], Parent.prototype, 'typed');
    expect(readDesignTypes(Parent.prototype, 'typed')).toEqual([String]);
    expect(readDesignTypes(Child.prototype, 'typed')).toBeUndefined();
    expect(readDesignTypes(Parent)).toBeUndefined();
  });
});
