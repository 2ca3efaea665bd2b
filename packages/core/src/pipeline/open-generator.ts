import type { Context } from '../http/context';
import { isPromise } from '../http/maybe-promise';

type AnyGenerator = Generator<unknown, unknown> | AsyncGenerator<unknown, unknown>;

/** What a generator yields first, the rest of it to run after the reply; any other value as it is. */
export function openGenerator(context: Context, value: unknown): unknown {
  if (!isGenerator(value)) return value;
  const open = ({ value: first, done }: IteratorResult<unknown, unknown>): unknown => {
    if (!done) context.onCleanup((error) => finishGenerator(value, error));
    return first;
  };
  const first = value.next();
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
