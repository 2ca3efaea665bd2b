import type { Context, Next } from '../../src';
import { compose, type Settle, type StepFunction } from '../../src/pipeline/compose';
import { makeContext } from '../make-context';

/** Settles by writing down what it was given. */
function makeRecorder(): { settle: Settle; seen: unknown[] } {
  const seen: unknown[] = [];
  return {
    seen,
    settle: {
      answer: (_context, value) => void seen.push(['answer', value]),
      fail: (_context, error) => void seen.push(['fail', error]),
    },
  };
}

describe('compose', () => {
  const context = makeContext();

  it('runs the first step outermost, and every step on the way back, without a promise', () => {
    const { settle, seen } = makeRecorder();
    const step =
      (name: string): StepFunction =>
      (_context, next) => {
        seen.push(`${name} in`);
        expect(next()).toBeUndefined();
        seen.push(`${name} out`);
      };
    const run = compose([step('a'), step('b')], settle, () => void seen.push('inner'));
    expect(run(context)).toBeUndefined();
    expect(seen).toEqual(['a in', 'b in', 'inner', 'b out', 'a out']);
  });

  it('runs what is inside once, however often a step calls next', async () => {
    const { settle, seen } = makeRecorder();
    const twice: StepFunction = (_context, next) => {
      const first = next();
      expect(next()).toBeUndefined();
      return first;
    };
    const twiceLater: StepFunction = async (_context, next) => {
      await Promise.all([next(), next()]);
      await next();
    };
    await compose([twice, twiceLater], settle, () => void seen.push('inner'))(context);
    expect(seen).toEqual(['inner']);
  });

  it('is the innermost run itself where there are no steps', () => {
    const innermost = jest.fn();
    expect(compose([], makeRecorder().settle, innermost)).toBe(innermost);
  });

  it('settles what a step returns or throws at its own layer, and goes on outwards', () => {
    const { settle, seen } = makeRecorder();
    const error = new Error('inner');
    const steps: StepFunction[] = [
      (_context, next) => {
        expect(next).not.toThrow();
        return 'outer';
      },
      () => {
        throw error;
      },
    ];
    expect(compose(steps, settle, () => undefined)(context)).toBeUndefined();
    expect(seen).toEqual([
      ['fail', error],
      ['answer', 'outer'],
    ]);
  });

  it('does the same with promises', async () => {
    const { settle, seen } = makeRecorder();
    const error = new Error('inner');
    const steps: StepFunction[] = [
      async (_context, next) => {
        await next();
        return 'outer';
      },
      async () => {
        throw error;
      },
    ];
    const running = compose(steps, settle, () => undefined)(context);
    expect(running).toBeInstanceOf(Promise);
    await running;
    expect(seen).toEqual([
      ['fail', error],
      ['answer', 'outer'],
    ]);
  });

  it('goes on with a promise that something inside made, and makes none of its own', async () => {
    const { settle } = makeRecorder();
    const inner = Promise.resolve();
    let passed: unknown;
    const step = (_context: Context, next: Next) => (passed = next());
    await compose([step], settle, () => inner)(context);
    expect(passed).toBe(inner);
  });

  it('waits for a thenable of any kind, and survives one that throws', async () => {
    const { settle, seen } = makeRecorder();
    const error = new Error('then');
    const good = { then: (resolve: (value: string) => void) => void resolve('good') };
    const bad = {
      then: () => {
        throw error;
      },
    };
    await compose([() => good], settle, () => undefined)(context);
    await compose([() => bad], settle, () => undefined)(context);
    expect(seen).toEqual([
      ['answer', 'good'],
      ['fail', error],
    ]);
  });
});
