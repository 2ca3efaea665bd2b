import type { Context } from '../../http/context';
import { isNothing } from '../../http/is-nothing';
import { isPromise } from '../../http/maybe-promise';
import type { StepFunction } from '../compose';

/**
 * Wraps a step in development, with the same contract: it throws if `next()` was called twice, if its promise was not
 * awaited, and if the step neither answered nor called `next()`.
 */
export function watchStep(step: StepFunction, name: string): StepFunction {
  return (context, next) => {
    let state: 'not called' | 'running' | 'done' = 'not called';
    let isCalledTwice = false;
    const watchedNext = () => {
      if (state !== 'not called') {
        // Reported when the step is done: next() never throws, neither here nor in production.
        isCalledTwice = true;
        return undefined;
      }
      state = 'running';
      const passed = next();
      if (!isPromise(passed)) {
        state = 'done';
        return undefined;
      }
      return passed.then(() => void (state = 'done'));
    };
    const check = (value: unknown): unknown => {
      if (isCalledTwice) throw mistake(name, context, 'called next() twice', 'Call it once.');
      if (state === 'running') {
        throw mistake(
          name,
          context,
          'returned before next() had finished',
          'Write `await next()` or `return next()`, or use afterwards(next(), …).',
        );
      }
      const { isAnswered } = context.response;
      if (state === 'not called' && isNothing(context, value) && !isAnswered) {
        throw mistake(
          name,
          context,
          'neither answered nor called next()',
          'Return a reply, or `return next()`.',
        );
      }
      return value;
    };
    const value = step(context, watchedNext);
    return isPromise(value) ? Promise.resolve(value).then(check) : check(value);
  };
}

function mistake(name: string, { route }: Context, fault: string, cure: string): Error {
  return new Error(`The middleware ${name} ${fault} (${route.name}, ${route.path}). ${cure}`);
}
