import { findClass, isWrittenAsClass } from '../../src/http/class';

class Note {}

describe('The class that is found', () => {
  it.each<[string, object, unknown]>([
    ['an instance', new Note(), Note],
    ['an object with a constructor of its own', Object.assign(new Note(), { constructor: null }), Note],
    ['a proxy that answers everything', new Proxy(new Note(), { get: () => () => 1 }), Note],
    ['an object without a prototype', Object.create(null) as object, Object],
  ])('for %s is the one of its prototype', (_object, instance, type) => {
    expect(findClass(instance)).toBe(type);
  });
});

describe('Whether something is written as a class', () => {
  function Compiled() {}
  Compiled.prototype.start = () => undefined;

  it.each<[string, object, boolean]>([
    ['a class', Note, true],
    ['a class that was compiled to a function', Compiled, true],
    ['a function', function plain() {}, false],
    ['an arrow function', () => undefined, false],
  ])('is known for %s', (_written, like, expected) => {
    expect(isWrittenAsClass(like)).toBe(expected);
  });
});
