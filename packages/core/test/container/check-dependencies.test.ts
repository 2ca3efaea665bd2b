import { IsInt } from 'class-validator';
import { Context, Controller, Inject, Injectable, OnStop, token, type Provider, type Token } from '../../src';
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

function check(root: Token, providers: readonly Provider[] = []) {
  const problems = new Problems();
  const checked = new Map<Token, CheckedBinding>();
  const bound = new Map(providers.map(bindProvider).map((binding) => [binding.token, binding]));
  const refused = new Map();
  const binding = checkDependencies(root, { bound, checked, refused }, problems);
  const found = problems.list();
  return { binding, problems: found, checked, faults: found.map(({ fault }) => fault) };
}

describe('the check of dependencies', () => {
  it('finds every class to construct, dependencies first, and constructs none', () => {
    const construct = jest.fn();
    @Injectable()
    class Loud {
      constructor(readonly notes: Notes) {
        construct();
      }
    }
    const { checked, problems } = check(Loud);
    expect([...checked.keys()]).toEqual([Log, Store, Notes, Loud]);
    expect([problems, construct.mock.calls]).toEqual([[], []]);
  });

  it('follows the providers', () => {
    @Injectable()
    class FakeStore {
      constructor(@Inject('url') readonly url: string) {}
    }
    const { checked, problems } = check(Notes, [
      { token: Store, useClass: FakeStore },
      { token: 'url', useFactory: (log: Log) => log, inject: [Log] },
    ]);
    expect([...checked.keys()]).toEqual([Log, 'url', FakeStore, Store, Notes]);
    expect(problems).toEqual([]);
  });

  it('finds a cycle through a token, and a cycle of factories', () => {
    @Injectable()
    class Snake {
      constructor(@Inject('tail') readonly tail: unknown) {}
    }
    expect(check(Snake, [{ token: 'tail', useClass: Snake }]).faults).toEqual([
      'The dependencies form a cycle: Snake → "tail" → Snake.',
    ]);
    const A = token<string>('a');
    const providers: Provider[] = [
      { token: A, useFactory: () => 1, inject: ['b'] },
      { token: 'b', useFactory: () => 1, inject: [A] },
    ];
    expect(check(A, providers).faults).toEqual(['The dependencies form a cycle: a → "b" → a.']);
  });

  it('names the factory that asks for a token without a provider', () => {
    const { problems } = check('db', [{ token: 'db', useFactory: () => 1, inject: [Log, 'url'] }]);
    expect(problems).toMatchObject([{ place: '"db", inject 1', fault: 'The token "url" has no provider.' }]);
  });
});

describe('the scope of something that depends on a request', () => {
  it('is the request, through any number of classes, and the path is known', () => {
    const { binding } = check(Audit);
    expect(binding).toMatchObject({
      lifetime: 'request',
      requestPath: ['Audit', 'CurrentUser', 'Context'],
    });
    expect(check(Notes).binding).toMatchObject({ lifetime: 'singleton', requestPath: [] });
  });

  it('cannot be a singleton', () => {
    @Injectable({ scope: 'singleton' })
    class Cache {
      constructor(readonly audit: Audit) {}
    }
    expect(check(Cache).faults).toEqual([
      'It is a singleton, but depends on something that belongs to a request: Cache → Audit → CurrentUser → Context.',
    ]);
  });

  it('cannot go with @OnStart or @OnStop', () => {
    @Injectable()
    class Pool {
      constructor(readonly audit: Audit) {}
      @OnStop() close() {}
    }
    expect(check(Pool).faults).toEqual([
      'It has @OnStart or @OnStop, but is made for each request: Pool → Audit → CurrentUser → Context.',
    ]);
    @Injectable({ scope: 'transient' })
    class Timer {
      @OnStop() close() {}
    }
    expect(check(Timer).faults).toEqual([
      'It has @OnStart or @OnStop, but is made each time it is injected.',
    ]);
  });

  it('is that of the provided value if the context itself is provided', () => {
    expect(check(Audit, [{ token: Context, useValue: {} }]).binding?.lifetime).toBe('singleton');
  });
});

describe('a class with validation rules', () => {
  class Settings {
    @IsInt() port!: number;
  }
  @Injectable()
  class Server {
    constructor(readonly settings: Settings) {}
  }

  it('is not made of nothing: it needs a provider, or @Injectable', () => {
    expect(check(Server).problems).toMatchObject([
      {
        code: 'DEPENDENCY_UNRESOLVED',
        place: 'Server, constructor parameter 0',
        fault:
          'Its type is Settings, which has validation rules and no provider: its values come from outside.',
      },
    ]);
    expect(check(Server, [{ token: Settings, useValue: { port: 1 } }]).problems).toEqual([]);
    const aliased = { token: 'settings', useClass: Settings };
    expect(check('settings', [aliased]).problems).toEqual([]);
    expect(check(Server, [aliased]).problems).toHaveLength(1);
    expect(check(Settings).problems[0]!.fault).toBe(
      'It is Settings, which has validation rules and no provider: its values come from outside.',
    );
    Injectable()(Settings);
    expect(check(Server).problems).toEqual([]);
    class Page extends Settings {}
    Controller('/page')(Page);
    expect(check(Page).problems).toEqual([]);
  });
});
