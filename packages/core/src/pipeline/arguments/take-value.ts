import type { Context } from '../../http/context';
import { isPromise } from '../../http/maybe-promise';

type AnyGenerator = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;

/**
 * Takes the value out of the result of a parameter's function. A generator yields it, and the rest of the generator runs
 * after the reply. An Error is thrown, as that of a handler is: `return unauthorized()` refuses the request.
 */
export function takeValue(context: Context, given: unknown): unknown {
  const value = isGenerator(given) ? openGenerator(context, given) : given;
  return isPromise(value) ? value.then(refuseError) : refuseError(value);
}

function refuseError(value: unknown): unknown {
  if (value instanceof Error) throw value;
  return value;
}

function openGenerator(context: Context, generator: AnyGenerator): unknown {
  const open = ({ value, done }: IteratorResult<unknown, unknown>): unknown => {
    if (!done) context.onCleanup((error) => finishGenerator(generator, error));
    return value;
  };
  const first = generator.next();
  return isPromise(first) ? first.then(open) : open(first);
}

/** Older compile targets leave a generator without any mark but its shape; among iterators only generators have `throw`. */
function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false;
  const { next, throw: throwInto, return: end } = value as Partial<AnyGenerator>;
  return typeof throwInto === 'function' && typeof next === 'function' && typeof end === 'function';
}

async function finishGenerator(generator: AnyGenerator, error: unknown): Promise<void> {
  const { done } = await (error === undefined ? generator.next() : throwInto(generator, error));
  if (done) return;
  await generator.return(undefined);
  throw new Error('A parameter yielded more than once. Only its first value is used.');
}

/** A generator that does not catch the error of the request throws it again: that is not a new failure. */
async function throwInto(generator: AnyGenerator, error: unknown): Promise<IteratorResult<unknown, unknown>> {
  try {
    return await generator.throw(error);
  } catch (failure) {
    if (failure === error) return { done: true, value: undefined };
    throw failure;
  }
}
