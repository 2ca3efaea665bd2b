import type { AroundStep } from '../../http/middleware';
import type { Run } from '../../http/compiled-route';
import type { Context } from '../../http/context';
import { isNothing } from '../../http/is-nothing';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { Overrides } from '../../plan/override';
import { respondLater, type Respond } from '../compose';
import { makeArgumentReader, type ReadArgument } from '../arguments/read-argument';
import { makeCustomArguments } from '../arguments/read-custom';
import { readInputs } from '../arguments/read-inputs';
import { RefusedInput } from '../../validation/refused-input';
import type { PipelineOptions } from '../pipeline-options';
import { shapeReply } from '../returns/shape-reply';
import type { ArgumentPlan } from '../../plan/arguments';
import type { HandlerStep, ReplyStep } from '../../plan/steps';

interface HandlerOptions extends Pick<PipelineOptions, 'development' | 'overrides'> {
  readonly around?: AroundStep | undefined;
}

/** Makes the innermost function: it reads the arguments, calls the handler and turns the result into the response. */
export function makeHandlerRun(
  { arguments: plans, run }: HandlerStep,
  respond: Respond,
  reply: readonly ReplyStep[],
  { development, overrides = new Map(), around }: HandlerOptions,
): Run {
  const answerNothing = (context: Context): MaybePromise<void> => {
    // A handler that returned nothing and set no body answers 204.
    context.response.chooseDefaultStatus();
    return respond.withBody(context);
  };
  const shaped = shapeReply(makeCall(plans, run as Handler, overrides), reply, development);
  const call: Call = around === undefined ? shaped : (context) => around(context, () => shaped(context));
  return (context) => {
    let value: unknown;
    try {
      value = call(context);
      if (isPromise(value)) return respondLater(context, value, respond, answerNothing);
    } catch (error) {
      return respond.withError(context, error);
    }
    return isNothing(context, value) ? answerNothing(context) : respond.withValue(context, value);
  };
}

type Handler = (...values: unknown[]) => unknown;
type Call = (context: Context) => unknown;

function makeCall(plans: readonly ArgumentPlan[], run: Handler, overrides: Overrides): Call {
  if (plans.some(({ kind }) => kind === 'custom')) return makeCustomCall(plans, run, overrides);
  const readers = plans.map(makeArgumentReader);
  if (plans.some(({ whole }) => whole !== undefined)) return makeInputsCall(readers, run);
  const call = makeQuickCall(readers, run);
  if (readers.length < 2) return call;
  return (context) => {
    try {
      return call(context);
    } catch (error) {
      // Only now are all arguments checked, so that a valid request does not pay for it.
      if (error instanceof RefusedInput) return readInputs(readers, context);
      throw error;
    }
  };
}

/** Makes the call by number of arguments, so that the usual few need no array. */
function makeQuickCall(readers: readonly ReadArgument[], run: Handler): Call {
  const [first, second] = readers;
  if (first === undefined) return () => run();
  if (second === undefined) return (context) => run(first(context));
  if (readers.length === 2) return (context) => run(first(context), second(context));
  return (context) => run(...readers.map((read) => read(context)));
}

/** The rules of a whole part may be asynchronous; then the call waits for them. */
function makeInputsCall(readers: readonly ReadArgument[], run: Handler): Call {
  return (context) => {
    const inputs = readInputs(readers, context);
    return isPromise(inputs) ? inputs.then((read) => run(...read)) : run(...inputs);
  };
}

/** Reads the parts of the request first, so that no custom parameter opens anything for a request that is refused. */
function makeCustomCall(plans: readonly ArgumentPlan[], run: Handler, overrides: Overrides): Call {
  const readCustom = makeCustomArguments(plans, overrides);
  const readers = plans.map((plan) => (plan.kind === 'custom' ? readNothing : makeArgumentReader(plan)));
  const isAllCustom = plans.every(({ kind }) => kind === 'custom');
  return (context) => {
    const inputs = isAllCustom ? [] : readInputs(readers, context);
    const values = isPromise(inputs)
      ? inputs.then((read) => readCustom(context, read))
      : readCustom(context, inputs);
    return isPromise(values) ? values.then((read) => run(...read)) : run(...values);
  };
}

function readNothing(): MaybePromise<undefined> {
  return undefined;
}
