import { EventEmitter } from 'node:events';
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
    @Injectable()
    class Child extends Parent {}
    class Plain extends Child {}
    expect(readConstructorTypes(Child)).toEqual([Log]);
    expect(readConstructorTypes(Plain)).toEqual([Log]);
  });

  it('are those of the parent if the compiler adds a constructor for the initial values of properties', () => {
    // Without `useDefineForClassFields`, tsc emits this, with `arguments`, for `class Child extends Parent { count = 0; }`.
    class Child extends Parent {
      count: number;
      constructor(...given: [Log]) {
        super(...given);
        this.count = 0;
      }
    }
    expect(readConstructorTypes(Child)).toEqual([Log]);
    expect(new (Child as new (log: Log) => Child)(new Log())).toMatchObject({
      log: expect.any(Log),
      count: 0,
    });
  });

  it('are those of the parent whatever the source text has', () => {
    @Injectable()
    class Child extends Parent {
      readonly note = () => 'a constructor () of its own; constructor()';
      // constructor() { super(new Log()); }
    }
    expect(readConstructorTypes(Child)).toEqual([Log]);
    class Hidden extends Parent {
      static override toString() {
        return 'class Hidden { constructor() {} }';
      }
    }
    expect(readConstructorTypes(Hidden)).toEqual([Log]);
  });

  it('are none if a decorated class has a constructor without parameters', () => {
    @Injectable()
    class Child extends Parent {
      constructor() {
        super(new Log());
      }
    }
    expect(readConstructorTypes(Child)).toEqual([]);
    class Grandchild extends Child {}
    expect(readConstructorTypes(Grandchild)).toEqual([]);
  });

  it('are none if the constructor is that of a class of the platform', () => {
    @Injectable()
    class Bus extends EventEmitter {}
    class Task extends Promise<void> {}
    class Refusal extends RangeError {}
    for (const type of [Bus, Task, Refusal]) expect(readConstructorTypes(type)).toEqual([]);
  });

  it('are unknown if there are parameters but no types', () => {
    class Bare {
      constructor(readonly log: Log) {}
    }
    expect(readConstructorTypes(Bare)).toBeUndefined();
  });
});
