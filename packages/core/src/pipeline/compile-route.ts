import type { Context } from '../http/context';
import { HttpError } from '../http/status/http-error';
import { isPromise } from '../http/maybe-promise';
import type { CatchPlan } from '../plan/plan';
import { makeBodyLimitStep, makeBodyStep } from './steps/body-step';
import { compose, type Run, type Settle, type StepFunction } from './compose';
import { makeHandlerRun } from './steps/handler-step';
import { makeSettle, type SettleOptions } from './errors/settle';
import { makeValidateStep } from './steps/validate-step';
import { watchStep } from './steps/watch-step';
import type { HandlerStep, ReplyStep, Step } from '../plan/steps';

/** Compiles a route's steps into one function. */
export function compileRoute(
  steps: readonly Step[],
  catches: readonly CatchPlan[],
  options: SettleOptions,
): Run {
  const settle = makeSettle(catches, options);
  const handler = steps.find((step): step is HandlerStep => step.kind === 'handler');
  const innermost =
    handler === undefined
      ? () => undefined
      : makeHandlerRun(handler, settle, steps.filter(isReplyStep), options);
  const outer = steps.filter((step): step is OuterStep => step !== handler && !isReplyStep(step));
  const functions = outer.map((step) => makeStepFunction(step, options.development));
  return answerAlways(compose(functions, settle, innermost), settle);
}

/** Compiles the middleware of a route round something else than its handler: preflights, 404, 405. */
export function compileAround(
  steps: readonly Step[],
  catches: readonly CatchPlan[],
  options: SettleOptions,
  answer: (context: Context) => unknown,
): Run {
  const middleware = steps.filter((step) => step.kind === 'middleware');
  const handler: HandlerStep = {
    kind: 'handler',
    name: 'answer',
    arguments: [{ kind: 'context', name: 'context', coercion: 'text', position: 0 }],
    run: answer,
  };
  return compileRoute([...middleware, handler], catches, options);
}

/** What runs round the handler, as opposed to what shapes its result. */
type OuterStep = Exclude<Step, HandlerStep | ReplyStep>;

const REPLY_KINDS: ReadonlySet<Step['kind']> = new Set(['status', 'header', 'returns', 'events']);

function isReplyStep(step: Step): step is ReplyStep {
  return REPLY_KINDS.has(step.kind);
}

function makeStepFunction(step: OuterStep, development: boolean): StepFunction {
  switch (step.kind) {
    case 'middleware':
      return development ? watchStep(step.run, step.name) : step.run;
    case 'body':
      return makeBodyStep(step.format);
    case 'form':
      return loadFormStep().makeFormStep(step);
    case 'body-limit':
      return makeBodyLimitStep(step.limit);
    case 'validate':
      return makeValidateStep(step);
  }
}

function loadFormStep(): typeof import('./steps/form-step') {
  return require('./steps/form-step') as typeof import('./steps/form-step');
}

/** A pipeline in which nobody answered is a mistake of the program: 500, never an empty 200. */
function answerAlways(run: Run, settle: Settle): Run {
  const check = (context: Context) => {
    const { response } = context;
    if (response.status !== 0) return undefined;
    if (response.body !== undefined) response.status = 200;
    else
      return settle.fail(
        context,
        new HttpError(500, { code: 'no_response', detail: 'No step of the route answered the request.' }),
      );
    return undefined;
  };
  return (context) => {
    const running = run(context);
    return isPromise(running) ? running.then(() => check(context)) : check(context);
  };
}
