import { Injectable, type Context } from '../../../src';
import { Problems } from '../../../src/configuration/problems';
import { makeContainer } from '../../../src/container/make-container';
import { bindCatch, bindHandler, findOwner } from '../../../src/plan/read/method-owner';
import { makeContext } from '../../make-context';

class Greeter {
  constructor(readonly name = 'one') {}
  greet(word: string) {
    return `${word} ${this.name}`;
  }
  onError(error: Error) {
    return `${error.message} ${this.name}`;
  }
}

@Injectable({ scope: 'request' })
class PerRequest {}

class Broken {
  constructor() {
    throw new Error('no disk');
  }
}

const context = makeContext();
const made = new Map<Context, string>([[context, 'request']]);
type Use = (instance: object) => unknown;
const perRequest = {
  instance: Greeter.prototype,
  use: (one: Context, use: Use) => use(new Greeter(made.get(one))),
};
const later = {
  instance: Greeter.prototype,
  use: async (one: Context, use: Use) => use(new Greeter(made.get(one))),
};

describe('a handler', () => {
  it('is called on the one instance of its class', () => {
    const { arguments: values, run } = bindHandler({ instance: new Greeter() }, 'greet', []);
    expect([values, run('hello')]).toEqual([[], 'hello one']);
  });

  it('is called on the instance of the request, for which the context is a last argument', async () => {
    const { arguments: values, run } = bindHandler(perRequest, 'greet', []);
    expect(values).toMatchObject([{ kind: 'context' }]);
    expect(run('hello', context)).toBe('hello request');
    await expect(bindHandler(later, 'greet', []).run('hello', context)).resolves.toBe('hello request');
  });
});

describe('an error handler', () => {
  it('is called on the instance of the class or of the request', async () => {
    const error = new Error('oops');
    expect(bindCatch({ instance: new Greeter() }, 'onError')(error, context)).toBe('oops one');
    expect(bindCatch(perRequest, 'onError')(error, context)).toBe('oops request');
    await expect(bindCatch(later, 'onError')(error, context)).resolves.toBe('oops request');
  });
});

describe('the owner of methods', () => {
  const problems = new Problems();
  const source = makeContainer({}, problems);

  it('is the instance of the container, the same each time', () => {
    const { instance, use } = findOwner(Greeter, source, problems);
    expect(instance).toBe(source.resolve(Greeter));
    expect(use).toBeUndefined();
  });

  it('is made for each request if the class belongs to one', () => {
    const { instance, use } = findOwner(PerRequest, source, problems);
    expect(instance).toBe(PerRequest.prototype);
    const find = (request: Context): unknown => use!(request, (made) => made);
    expect(find(context)).toBe(find(context));
    expect(find(context)).not.toBe(find(makeContext()));
  });

  it('is the prototype of a class that cannot be constructed, which is reported', () => {
    expect(problems.list()).toEqual([]);
    expect(findOwner(Broken, source, problems).instance).toBe(Broken.prototype);
    expect(problems.list()).toMatchObject([{ code: 'DEPENDENCY_FAILED', place: 'Broken' }]);
  });
});
