import { Inject, Injectable } from '../../src';
import { readConstructorTypes } from '../../src/container/constructor-types';

class Log {}

@Injectable()
class Parent {
  constructor(readonly log: Log) {}
}

describe('the dependencies of a constructor', () => {
  it('are the emitted types, and the tokens of @Inject', () => {
    @Injectable()
    class Both {
      constructor(
        readonly log: Log,
        @Inject('url') readonly url: string,
      ) {}
    }
    expect(readConstructorTypes(Both)).toEqual([Log, 'url']);
  });

  it('are none without a constructor', () => expect(readConstructorTypes(Log)).toEqual([]));

  it('are those of the parent if the class has no constructor', () => {
    class Child extends Parent {
      make() {
        return new (this.constructor as typeof Child)(this.log).constructor('constructor()');
      }
    }
    expect(readConstructorTypes(Child)).toEqual([Log]);
  });

  it('are none if the class has a constructor without parameters', () => {
    class Child extends Parent {
      constructor() {
        super(new Log());
      }
    }
    expect(readConstructorTypes(Child)).toEqual([]);
  });

  it('are unknown if there are parameters but no types', () => {
    class Bare {
      constructor(readonly log: Log) {}
    }
    expect(readConstructorTypes(Bare)).toBeUndefined();
  });
});
