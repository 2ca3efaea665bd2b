import { ConfigurationError } from '../../src';
import { readMembers, StoredList, StoredValue } from '../../src/metadata/stored-record';

const size = new StoredValue<number>('size');
const names = new StoredList<string>('names');

describe('a stored value', () => {
  it('is the last one written, on the class or the member that it was written on', () => {
    class Parent {}
    class Child extends Parent {}
    size.write(1, Parent);
    size.write(2, Parent);
    size.write(3, Parent.prototype, 'show');
    expect([size.read(Parent), size.read(Parent.prototype, 'show')]).toEqual([2, 3]);
    expect([size.read(Child), size.read(Parent.prototype, 'list')]).toEqual([undefined, undefined]);
  });
});

describe('a stored list', () => {
  it('grows at the front, and never changes once it was read', () => {
    class Parent {}
    class Child extends Parent {}
    names.prepend(['c'], Parent);
    const before = names.read(Parent);
    names.prepend(['a', 'b'], Parent);
    names.prepend(['d'], Child);
    expect([before, names.read(Parent), names.read(Child)]).toEqual([['c'], ['a', 'b', 'c'], ['d']]);
    expect(Object.isFrozen(before)).toBe(true);
    expect(names.read(class {})).toEqual([]);
  });
});

describe('the members with a record', () => {
  it('are listed once each, in the order written', () => {
    class Notes {}
    size.write(1, Notes);
    for (const property of ['show', 'list', 'show']) names.prepend(['a'], Notes.prototype, property);
    size.write(1, Notes.prototype, 'create');
    expect(readMembers(Notes.prototype)).toEqual(['show', 'list', 'create']);
    expect(readMembers(class {}.prototype)).toEqual([]);
  });

  it('cannot be static', () => {
    class Notes {}
    expect(() => size.write(1, Notes, 'create')).toThrow(ConfigurationError);
    expect(() => names.prepend(['a'], Notes, 'create')).toThrow('DECORATOR_MISPLACED');
  });
});
