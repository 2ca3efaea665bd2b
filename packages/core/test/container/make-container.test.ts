import { ConfigurationError, Inject, Injectable, token, type Class, type Provider } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { makeContainer } from '../../src/container/make-container';

class Log {}

@Injectable()
class Store {
  constructor(readonly log: Log) {}
}

@Injectable()
class Notes {
  constructor(
    readonly store: Store,
    readonly log: Log,
    @Inject('url') readonly url: string,
  ) {}
}

const URL_PROVIDER = { token: 'url', useValue: 'https://a.example' };

async function make(providers: readonly Provider[], overrides: readonly Provider[] = []) {
  const problems = new Problems();
  const source = makeContainer({ providers, overrides }, problems);
  await source.makeProvided(problems);
  expect(problems.list()).toEqual([]);
  return source;
}

describe('the container', () => {
  it('constructs every class once, with its dependencies', async () => {
    const container = await make([URL_PROVIDER]);
    const notes = container.resolve(Notes);
    expect(notes).toMatchObject({ store: expect.any(Store), url: 'https://a.example' });
    expect(notes.store.log).toBe(notes.log);
    expect(container.resolve(Notes)).toBe(notes);
    expect(container.resolve(Store)).toBe(notes.store);
  });

  it('constructs other instances for another application', async () => {
    expect((await make([])).resolve(Store)).not.toBe((await make([])).resolve(Store));
  });

  it('resolves a value, a class, and what a factory made once', async () => {
    const factory = jest.fn((...made: unknown[]) => ({ made }));
    class FakeStore extends Store {}
    const container = await make([
      URL_PROVIDER,
      { token: 'made', useFactory: factory, inject: [Log, 'url'] },
      { token: Store, useClass: FakeStore },
      { token: Log, useClass: Log },
      { token: 'nothing', useValue: undefined },
    ]);
    expect(container.resolve('made')).toBe(container.resolve('made'));
    expect(factory.mock.calls).toEqual([[container.resolve(Log), 'https://a.example']]);
    expect(container.resolve(Notes).store).toBeInstanceOf(FakeStore);
    expect(container.resolve(Store)).toBe(container.resolve(FakeStore));
    expect(container.resolve('nothing')).toBeUndefined();
  });

  it('makes every provider at start-up, including a class alone', async () => {
    const construct = jest.fn();
    class Worker {
      constructor() {
        construct();
      }
    }
    await make([Worker]);
    expect(construct).toHaveBeenCalledTimes(1);
  });

  it('waits for asynchronous factories, dependencies first', async () => {
    const DATABASE = token<{ url: string }>('database');
    const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value));
    const container = await make([
      { token: 'repository', useFactory: (db: { url: string }) => later({ db }), inject: [DATABASE] },
      { token: DATABASE, useFactory: (url: string) => later({ url }), inject: ['url'] },
      { token: 'url', useFactory: () => later('late') },
    ]);
    expect(container.resolve('repository')).toEqual({ db: { url: 'late' } });
    expect(container.resolve(Notes).url).toBe('late');
    expect(container.made.map(({ name }) => name)).toEqual([
      '"url"',
      'database',
      '"repository"',
      'Log',
      'Store',
      'Notes',
    ]);
  });

  it('lets a later provider replace an earlier one, and an override any of them', async () => {
    const container = await make([URL_PROVIDER, { token: 'url', useValue: 'test' }]);
    expect(container.resolve('url')).toBe('test');
    const fake = { log: 'fake' };
    const overridden = await make([URL_PROVIDER], [{ token: Store, useValue: fake }]);
    expect(overridden.resolve(Notes).store).toBe(fake);
  });

  it('does not make a provider that is overridden', async () => {
    const connect = jest.fn();
    const container = await make([{ token: 'db', useFactory: connect }], [{ token: 'db', useValue: 1 }]);
    expect([container.resolve('db'), connect.mock.calls]).toEqual([1, []]);
  });

  it('makes something transient each time it is injected', async () => {
    @Injectable({ scope: 'transient' })
    class Buffer {}
    @Injectable()
    class Pair {
      constructor(
        readonly one: Buffer,
        readonly other: Buffer,
      ) {}
    }
    const pair = (await make([])).resolve(Pair);
    expect(pair.one).not.toBe(pair.other);
  });

  it('throws a ConfigurationError for an unresolved token, each time', async () => {
    const container = await make([]);
    for (let time = 0; time < 2; time++) {
      expect(() => container.resolve(Notes as Class)).toThrow(ConfigurationError);
      expect(() => container.resolve(Notes as Class)).toThrow('The token "url" has no provider.');
    }
  });

  it('reports every provider that could not be made', async () => {
    const problems = new Problems();
    const refuse = () => Promise.reject(new Error('no route to host'));
    const source = makeContainer({ providers: [{ token: 'db', useFactory: refuse }, Notes] }, problems);
    await source.makeProvided(problems);
    expect(problems.list().map(({ place, fault }) => `${place}: ${fault}`)).toEqual([
      '"db": "db" could not be created: no route to host',
      'Notes, constructor parameter 2: The token "url" has no provider.',
    ]);
  });

  it('does not resolve a promise or something that belongs to a request', async () => {
    const container = await make([
      { token: 'late', useFactory: async () => 1, scope: 'transient' },
      { token: 'mine', useFactory: () => 1, scope: 'request' },
    ]);
    expect(() => container.resolve('late')).toThrow(
      '"late" comes from an asynchronous factory, so it cannot be resolved at once.',
    );
    expect(() => container.resolve('mine')).toThrow(
      '"mine" belongs to a request, so it cannot be resolved outside of one.',
    );
  });

  it('never awaits or calls a value because it has a then', async () => {
    const then = jest.fn();
    class Query {
      then(...given: unknown[]) {
        then(...given);
      }
    }
    const callable = Object.assign(() => 1, { then });
    const promise = Promise.resolve('the promise itself');
    class Task extends Promise<unknown> {
      constructor() {
        super(() => undefined);
      }
    }
    const container = await make([
      { token: 'query', useValue: new Query() },
      { token: 'callable', useValue: callable },
      { token: 'promise', useValue: promise },
      Task,
      { token: 'made', useFactory: () => new Query() },
      { token: 'late', useFactory: async () => 'late' },
      {
        token: 'all',
        useFactory: (...all: unknown[]) => ({ all }),
        inject: ['query', 'callable', 'promise', 'made', Query, 'late'],
      },
      { token: 'class with a late dependency', useFactory: (_late: string) => callable, inject: ['late'] },
    ]);
    const { all } = container.resolve<{ all: unknown[] }>('all');
    expect(all[0]).toBeInstanceOf(Query);
    expect(all[1]).toBe(callable);
    expect(all[2]).toBe(promise);
    expect([all[3], all[4]]).toEqual([expect.any(Query), expect.any(Query)]);
    expect(all[5]).toBe('late');
    expect(container.resolve('promise')).toBe(promise);
    expect(container.resolve(Query)).toBe(all[4]);
    expect(container.resolve(Task)).toBeInstanceOf(Task);
    expect(container.resolve('class with a late dependency')).toBe(callable);
    expect(then).not.toHaveBeenCalled();
  });
});
