import { Inject, Injectable } from '../../src';
import { readConstructorTypes } from '../../src/container/constructor-types';

class Log {}

@Injectable()
class Parent {
  constructor(readonly log: Log) {}
}

describe('what a constructor asks for', () => {
  it('is what the compiler emitted, or what @Inject names', () => {
    @Injectable()
    class Both {
      constructor(
        readonly log: Log,
        @Inject('url') readonly url: string,
      ) {}
    }
    expect(readConstructorTypes(Both)).toEqual([Log, 'url']);
  });

  it('is nothing without a constructor', () => expect(readConstructorTypes(Log)).toEqual([]));

  it("is what the parent's asks for, where there is none of its own", () => {
    class Child extends Parent {
      make() {
        return new (this.constructor as typeof Child)(this.log).constructor('constructor()');
      }
    }
    expect(readConstructorTypes(Child)).toEqual([Log]);
  });

  it("is nothing where an own constructor has no parameters, whatever the parent's asks for", () => {
    class Child extends Parent {
      constructor() {
        super(new Log());
      }
    }
    expect(readConstructorTypes(Child)).toEqual([]);
  });

  it('is not known where there are parameters and no types', () => {
    class Bare {
      constructor(readonly log: Log) {}
    }
    expect(readConstructorTypes(Bare)).toBeUndefined();
  });
});
