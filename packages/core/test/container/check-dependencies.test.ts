import { Context, Inject, Injectable, OnStop, token, type Provider, type Token } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { bindProvider } from '../../src/container/binding';
import { checkDependencies, type CheckedBinding } from '../../src/container/check-dependencies';

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
  ) {}
}

@Injectable()
class CurrentUser {
  constructor(readonly context: Context) {}
}

@Injectable()
class Audit {
  constructor(readonly user: CurrentUser) {}
}

function walk(root: Token, providers: readonly Provider[] = []) {
  const problems = new Problems();
  const checked = new Map<Token, CheckedBinding>();
  const bound = new Map(providers.map(bindProvider).map((binding) => [binding.token, binding]));
  const binding = checkDependencies(root, { bound, checked }, problems);
  const found = problems.list();
  return { binding, problems: found, checked, faults: found.map(({ fault }) => fault) };
}

describe('the walk over the dependencies', () => {
  it('finds every class that will be constructed, dependencies first, and constructs none', () => {
    const construct = jest.fn();
    @Injectable()
    class Loud {
      constructor(readonly notes: Notes) {
        construct();
      }
    }
    const { checked, problems } = walk(Loud);
    expect([...checked.keys()]).toEqual([Log, Store, Notes, Loud]);
    expect([problems, construct.mock.calls]).toEqual([[], []]);
  });

  it('goes by what is provided', () => {
    @Injectable()
    class FakeStore {
      constructor(@Inject('url') readonly url: string) {}
    }
    const { checked, problems } = walk(Notes, [
      { token: Store, useClass: FakeStore },
      { token: 'url', useFactory: (log: Log) => log, inject: [Log] },
    ]);
    expect([...checked.keys()]).toEqual([Log, 'url', FakeStore, Store, Notes]);
    expect(problems).toEqual([]);
  });

  it('finds a circle through a token, and one of factories', () => {
    @Injectable()
    class Snake {
      constructor(@Inject('tail') readonly tail: unknown) {}
    }
    expect(walk(Snake, [{ token: 'tail', useClass: Snake }]).faults).toEqual([
      'The classes depend on one another in a circle: Snake → "tail" → Snake.',
    ]);
    const A = token<string>('a');
    const providers: Provider[] = [
      { token: A, useFactory: () => 1, inject: ['b'] },
      { token: 'b', useFactory: () => 1, inject: [A] },
    ];
    expect(walk(A, providers).faults).toEqual([
      'The classes depend on one another in a circle: a → "b" → a.',
    ]);
  });

  it('names the factory that asks for what nobody provides', () => {
    const { problems } = walk('db', [{ token: 'db', useFactory: () => 1, inject: [Log, 'url'] }]);
    expect(problems).toMatchObject([
      { place: '"db", inject 1', fault: 'Nothing is provided for the token "url".' },
    ]);
  });
});

describe('the scope of what depends on a request', () => {
  it('is the request, all the way up, and the path is known', () => {
    const { binding } = walk(Audit);
    expect(binding).toMatchObject({
      lifetime: 'request',
      requestPath: ['Audit', 'CurrentUser', 'Context'],
    });
    expect(walk(Notes).binding).toMatchObject({ lifetime: 'singleton', requestPath: [] });
  });

  it('is told where it was said to be a singleton', () => {
    @Injectable({ scope: 'singleton' })
    class Cache {
      constructor(readonly audit: Audit) {}
    }
    expect(walk(Cache).faults).toEqual([
      'It is a singleton and depends on what belongs to one request: Cache → Audit → CurrentUser → Context.',
    ]);
  });

  it('is told where something has a life that no request can have', () => {
    @Injectable()
    class Pool {
      constructor(readonly audit: Audit) {}
      @OnStop() close() {}
    }
    expect(walk(Pool).faults).toEqual([
      'It has @OnStart or @OnStop and is made for each request: Pool → Audit → CurrentUser → Context.',
    ]);
    @Injectable({ scope: 'transient' })
    class Timer {
      @OnStop() close() {}
    }
    expect(walk(Timer).faults).toEqual(['It has @OnStart or @OnStop and is made for each that asks for it.']);
  });

  it('is that of the value where the context itself is provided', () => {
    expect(walk(Audit, [{ token: Context, useValue: {} }]).binding?.lifetime).toBe('singleton');
  });
});
