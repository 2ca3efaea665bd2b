import { Inject, Injectable, type Provider, type Token } from '../../src';
import { checkDependencies } from '../../src/plan/check-dependencies';

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

describe('the walk over the dependencies', () => {
  it('finds every class that will be constructed, and constructs none', () => {
    const construct = jest.fn();
    class Loud {
      constructor() {
        construct();
      }
    }
    const { classes, problems } = checkDependencies([Notes, Loud], new Map());
    expect([...classes]).toEqual([Notes, Store, Log, Loud]);
    expect([problems, construct.mock.calls]).toEqual([[], []]);
  });

  it('does not walk again what was found to be in order', () => {
    expect([...checkDependencies([Notes], new Map(), new Set([Store])).classes]).toEqual([Notes, Log]);
  });

  it('goes by what is provided', () => {
    @Injectable()
    class FakeStore {
      constructor(@Inject('url') readonly url: string) {}
    }
    const provided = new Map<Token, Provider>([
      [Store, { provide: Store, useClass: FakeStore }],
      ['url', { provide: 'url', useValue: 'x' }],
    ]);
    const { classes, problems } = checkDependencies([Notes], provided);
    expect([...classes]).toEqual([Notes, FakeStore, Log]);
    expect(problems).toEqual([]);
  });

  it('finds a circle through a token', () => {
    @Injectable()
    class Snake {
      constructor(@Inject('tail') readonly tail: unknown) {}
    }
    const { problems } = checkDependencies(
      [Snake],
      new Map([['tail', { provide: 'tail', useClass: Snake }]]),
    );
    expect(problems.map(({ fault }) => fault)).toEqual([
      'The classes depend on one another in a circle: Snake → Snake.',
    ]);
  });
});
