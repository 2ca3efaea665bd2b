import { OnStart, OnStop } from '../../../src';
import { makeWorkDecorator } from '../../../src/kit';

// The compiler refuses most of these; those of JavaScript do not.
type AnyDecorator = () => (...given: unknown[]) => void;
const daily = makeWorkDecorator({ decorator: '@Daily', service: 'daily', options: {} });

describe.each<[string, AnyDecorator]>([
  ['@Daily', () => daily as never],
  ['@OnStart', () => OnStart() as never],
  ['@OnStop', () => OnStop() as never],
])('%s, a decorator of methods', (name, decorate) => {
  const places: readonly [string, string, () => unknown][] = [
    [
      'a static method',
      'Wrong.run',
      () => {
        class Wrong {
          @decorate() static run() {}
        }
        return Wrong;
      },
    ],
    [
      'a class',
      'Wrong',
      () => {
        @decorate()
        class Wrong {}
        return Wrong;
      },
    ],
    [
      'a getter or setter',
      'Wrong.run',
      () => {
        class Wrong {
          @decorate() get run() {
            return () => undefined;
          }
        }
        return Wrong;
      },
    ],
    [
      'a getter or setter',
      'Wrong.run',
      () => {
        class Wrong {
          @decorate() set run(_value: () => void) {}
        }
        return Wrong;
      },
    ],
    [
      'a property',
      'Wrong.run',
      () => {
        class Wrong {
          @decorate() run = () => undefined;
        }
        return Wrong;
      },
    ],
    [
      'a parameter',
      'Wrong.run',
      () => {
        class Wrong {
          run(@decorate() _value: string) {}
        }
        return Wrong;
      },
    ],
  ];

  it.each(places)('is refused on %s (%s)', (where, place, define) => {
    expect(define).toThrow(
      expect.objectContaining({
        problems: [
          {
            code: 'DECORATOR_MISPLACED',
            place,
            fault: `${name} is on ${where}.`,
            cure: 'Put it on a method of an instance that the container makes.',
          },
        ],
      }),
    );
  });

  it('is refused by a compiler of ECMAScript decorators, with the cure', () => {
    const method = () => undefined;
    const call = decorate();
    expect(() => call(method, { kind: 'method', name: 'run' })).toThrow('experimentalDecorators');
  });

  it('is accepted on a private method, on one with a symbol, and by hand', () => {
    const symbol = Symbol('run');
    class Right {
      @decorate() private run() {}
      @decorate() [symbol]() {
        this.run();
      }
      plain() {}
    }
    const call = decorate();
    expect(() => call(Right.prototype, 'plain')).not.toThrow();
  });
});
