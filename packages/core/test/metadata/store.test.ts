import { readDesignType, readDesignTypes, readOwn, writeOwn } from '../../src/metadata/store';

class Parent {}
class Child extends Parent {}

describe('the store of metadata', () => {
  it('reads what was written on a class and on a member', () => {
    writeOwn('one', 1, Parent);
    writeOwn('one', 2, Parent.prototype, 'method');
    expect([readOwn('one', Parent), readOwn('one', Parent.prototype, 'method')]).toEqual([1, 2]);
    expect(readOwn('two', Parent)).toBeUndefined();
  });

  it('does not read the metadata of a parent', () => {
    writeOwn('own', 1, Parent);
    writeOwn('own', 1, Parent.prototype, 'method');
    expect(readOwn('own', Child)).toBeUndefined();
    expect(readOwn('own', Child.prototype, 'method')).toBeUndefined();
  });

  it('registers its keys globally, so that two copies see each other', () => {
    writeOwn('shared', 1, Parent);
    expect(Reflect.getOwnMetadata(Symbol.for('sluice:shared'), Parent)).toBe(1);
  });

  it('reads the types that the compiler emitted', () => {
    Reflect.defineMetadata('design:paramtypes', [String], Parent.prototype, 'typed');
    Reflect.defineMetadata('design:type', Date, Parent.prototype, 'day');
    expect(readDesignTypes(Parent.prototype, 'typed')).toEqual([String]);
    expect(readDesignTypes(Child.prototype, 'typed')).toBeUndefined();
    expect(readDesignTypes(Parent)).toBeUndefined();
    expect([readDesignType(Parent.prototype, 'day'), readDesignType(Child.prototype, 'day')]).toEqual([
      Date,
      undefined,
    ]);
  });
});
