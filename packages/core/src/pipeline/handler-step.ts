import type { Context } from '../http/context';
import { isNothing } from '../http/is-nothing';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { HandlerStep, ReplyStep } from '../plan/plan';
import { settlePromise, type Run, type Settle } from './compose';
import { makeArgumentReader, type ReadArgument } from './read-argument';
import { shapeReply } from './shape-reply';

/** Makes the innermost run: reads the arguments, calls the handler, makes its result the response. */
export function makeHandlerRun(
  { arguments: plans, run }: HandlerStep,
  settle: Settle,
  reply: readonly ReplyStep[],
  development: boolean,
): Run {
  const callHandler = makeCall(
    plans.map(makeArgumentReader),
    run as (...values: unknown[]) => unknown,
    plans.some(({ kind }) => kind === 'custom'),
  );
  const call = shapeReply(callHandler, reply, development);
  return (context) => {
    let value: unknown;
    try {
      value = call(context);
    } catch (error) {
      return settle.fail(context, error);
    }
    if (isPromise(value)) return settlePromise(context, value, settle, answerNothing);
    return isNothing(context, value) ? answerNothing(context) : settle.answer(context, value);
  };
}

/** A handler that returned nothing and set nothing answers 204. */
function answerNothing({ response }: Context): void {
  response.settleStatus();
}

/** The call, by number of arguments: no array is made for the usual few. */
function makeCall(
  readers: readonly ReadArgument[],
  run: (...values: unknown[]) => unknown,
  mayWait: boolean,
): (context: Context) => unknown {
  const [first, second] = readers;
  if (mayWait) return (context) => callWhenRead(readAll(readers, context), run);
  if (first === undefined) return () => run();
  if (second === undefined) return (context) => run(first(context));
  if (readers.length === 2) return (context) => run(first(context), second(context));
  return (context) => run(...readers.map((read) => read(context)));
}

/** Where one reader throws, the promises of those before it are given up: their rejections would end the process. */
function readAll(readers: readonly ReadArgument[], context: Context): unknown[] {
  const values: unknown[] = [];
  try {
    for (const read of readers) values.push(read(context));
  } catch (error) {
    void Promise.allSettled(values);
    throw error;
  }
  return values;
}

function callWhenRead(values: unknown[], run: (...values: unknown[]) => unknown): MaybePromise<unknown> {
  if (!values.some(isPromise)) return run(...values);
  return Promise.all(values).then((settled) => run(...settled));
}
