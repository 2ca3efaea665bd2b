import type { Context, Next } from '../../src';
import { compose, type Respond, type StepFunction } from '../../src/pipeline/compose';
import { makeContext } from '../make-context';

/** A Respond that only records its calls. */
function makeRecorder(): { respond: Respond; seen: unknown[] } {
  const seen: unknown[] = [];
  return {
    seen,
    respond: {
      withBody: () => undefined,
      withValue: (_context, value) => void seen.push(['answer', value]),
      withError: (_context, error) => void seen.push(['fail', error]),
    },
  };
}

describe('compose', () => {
  const context = makeContext();

  it('runs the first step outermost, and every step on the way back, without a promise', () => {
    const { respond, seen } = makeRecorder();
    const step =
      (name: string): StepFunction =>
      (_context, next) => {
        seen.push(`${name} in`);
        expect(next()).toBeUndefined();
        seen.push(`${name} out`);
      };
    const run = compose([step('a'), step('b')], respond, () => void seen.push('inner'));
    expect(run(context)).toBeUndefined();
    expect(seen).toEqual(['a in', 'b in', 'inner', 'b out', 'a out']);
  });

  it('runs the inner steps once, however often a step calls next', async () => {
    const { respond, seen } = makeRecorder();
    const twice: StepFunction = (_context, next) => {
      const first = next();
      expect(next()).toBeUndefined();
      return first;
    };
    const twiceLater: StepFunction = async (_context, next) => {
      await Promise.all([next(), next()]);
      await next();
    };
    await compose([twice, twiceLater], respond, () => void seen.push('inner'))(context);
    expect(seen).toEqual(['inner']);
  });

  it('returns the innermost function itself if there are no steps', () => {
    const innermost = jest.fn();
    expect(compose([], makeRecorder().respond, innermost)).toBe(innermost);
  });

  it('responds to the value or error of a step at the layer of that step, and goes on outwards', () => {
    const { respond, seen } = makeRecorder();
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
    expect(compose(steps, respond, () => undefined)(context)).toBeUndefined();
    expect(seen).toEqual([
      ['fail', error],
      ['answer', 'outer'],
    ]);
  });

  it('does the same with promises', async () => {
    const { respond, seen } = makeRecorder();
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
    const running = compose(steps, respond, () => undefined)(context);
    expect(running).toBeInstanceOf(Promise);
    await running;
    expect(seen).toEqual([
      ['fail', error],
      ['answer', 'outer'],
    ]);
  });

  it('passes on the promise of an inner step, and makes none of its own', async () => {
    const { respond } = makeRecorder();
    const inner = Promise.resolve();
    let passed: unknown;
    const step = (_context: Context, next: Next) => (passed = next());
    await compose([step], respond, () => inner)(context);
    expect(passed).toBe(inner);
  });

  it('waits for a thenable of any kind, and survives one that throws', async () => {
    const { respond, seen } = makeRecorder();
    const error = new Error('then');
    const good = { then: (resolve: (value: string) => void) => void resolve('good') };
    const bad = {
      then: () => {
        throw error;
      },
    };
    await compose([() => good], respond, () => undefined)(context);
    await compose([() => bad], respond, () => undefined)(context);
    expect(seen).toEqual([
      ['answer', 'good'],
      ['fail', error],
    ]);
  });
});
