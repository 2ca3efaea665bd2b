import type { Context } from '../../http/context';
import { isPromise } from '../../http/maybe-promise';

type AnyGenerator = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;

/**
 * The value of what reading a parameter gave: of a generator what it yields first, the rest of it to run after the
 * reply. Throws a value that is an Error, as a handler's would be: who returns `unauthorized()` lets nobody in.
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

/** By its shape: what older compile targets make of a generator has no other mark. Of iterators, only they have `throw`. */
function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false;
  const { next, throw: throwInto, return: end } = value as Partial<AnyGenerator>;
  return typeof throwInto === 'function' && typeof next === 'function' && typeof end === 'function';
}

async function finishGenerator(generator: AnyGenerator, error: unknown): Promise<void> {
  const { done } = await (error === undefined ? generator.next() : throwInto(generator, error));
  if (done) return;
  await generator.return(undefined);
  throw new Error('A parameter yields more than once: only the first value is used.');
}

/** What lets the request's own error through has nothing to add to it. */
async function throwInto(generator: AnyGenerator, error: unknown): Promise<IteratorResult<unknown, unknown>> {
  try {
    return await generator.throw(error);
  } catch (failure) {
    if (failure === error) return { done: true, value: undefined };
    throw failure;
  }
}
