import { ConfigurationError, Inject, Injectable, type Class } from '../../src';
import { makeContainer } from '../../src/plan/make-container';

class Log {}

@Injectable()
class Store {
  constructor(readonly log: Log) {}
}

class Notes {
  constructor(
    readonly store: Store,
    readonly log: Log,
    readonly url: string,
  ) {}
}
Injectable()(Notes);
Reflect.defineMetadata('design:paramtypes', [Store, Log, String], Notes);
Inject('url')(Notes, undefined, 2);

const URL_PROVIDER = { provide: 'url', useValue: 'https://a.example' };

describe('the container', () => {
  it('constructs every class once, with what it asks for', () => {
    const container = makeContainer([URL_PROVIDER], []);
    const notes = container.resolve(Notes);
    expect(notes).toMatchObject({ store: expect.any(Store), url: 'https://a.example' });
    expect(notes.store.log).toBe(notes.log);
    expect(container.resolve(Notes)).toBe(notes);
    expect(container.resolve(Store)).toBe(notes.store);
  });

  it('constructs anew for another application', () => {
    expect(makeContainer([], []).resolve(Store)).not.toBe(makeContainer([], []).resolve(Store));
  });

  it('loads tsyringe for the first class that depends on something, and hands on what is constructed', () => {
    jest.isolateModules(() => {
      const tsyringe = jest.fn(() => jest.requireActual<object>('tsyringe'));
      jest.doMock('tsyringe', tsyringe);
      const fresh = jest.requireActual<{ makeContainer: typeof makeContainer }>(
        '../../src/plan/make-container',
      );
      const container = fresh.makeContainer([], []);
      const log = container.resolve(Log);
      expect(container.resolve(Log)).toBe(log);
      expect(tsyringe).not.toHaveBeenCalled();
      expect(container.resolve(Store).log).toBe(log);
      expect(tsyringe).toHaveBeenCalledTimes(1);
    });
  });

  it('gives a value, a class or what a factory makes once', () => {
    const make = jest.fn(() => ({}));
    class FakeStore extends Store {}
    const container = makeContainer(
      [
        URL_PROVIDER,
        { provide: 'made', useFactory: make },
        { provide: Store, useClass: FakeStore },
        { provide: Log, useClass: Log },
        { provide: 'nothing', useValue: undefined },
      ],
      [],
    );
    expect(container.resolve('made')).toBe(container.resolve('made'));
    expect(make).toHaveBeenCalledTimes(1);
    expect(make).toHaveBeenCalledWith(container);
    expect(container.resolve(Notes).store).toBeInstanceOf(FakeStore);
    expect(container.resolve(Log)).toBe(container.resolve(Log));
    expect(container.resolve('nothing')).toBeUndefined();
  });

  it('lets a later provider replace an earlier one, as tests do', () => {
    const container = makeContainer([URL_PROVIDER, { provide: 'url', useValue: 'test' }], []);
    expect(container.resolve('url')).toBe('test');
  });

  it('throws a ConfigurationError for what can not be resolved, each time', () => {
    const container = makeContainer([], []);
    for (let time = 0; time < 2; time++) {
      expect(() => container.resolve(Notes as Class)).toThrow(ConfigurationError);
      expect(() => container.resolve(Notes as Class)).toThrow('Nothing is provided for the token "url".');
    }
  });
});
