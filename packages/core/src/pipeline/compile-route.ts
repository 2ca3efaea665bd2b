import type { AroundStep } from '../http/middleware';
import type { Run } from '../http/compiled-route';
import type { Context } from '../http/context';
import { HttpError } from '../http/status/http-error';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { CatchPlan } from '../plan/plan';
import { compose, type Respond, type StepFunction } from './compose';
import { findAround } from './find-around';
import { guardRespond, skipIfLeft } from './guard-respond';
import { makeRespond } from './make-respond';
import type { PipelineOptions } from './pipeline-options';
import { makeBodyLimitStep, makeBodyStep } from './steps/body-step';
import { makeHandlerRun } from './steps/handler-step';
import { makeValidateStep } from './steps/validate-step';
import { watchStep } from './steps/watch-step';
import type { HandlerStep, ReplyStep, Step } from '../plan/steps';

/** Compiles a route's steps into one function. */
export function compileRoute(
  steps: readonly Step[],
  catches: readonly CatchPlan[],
  options: PipelineOptions,
): Run {
  const respond = makeRespond(catches, options);
  const outer = steps.filter((step): step is OuterStep => step.kind !== 'handler' && !isReplyStep(step));
  const functions = outer.map((step, index) =>
    observe(makeStepFunction(step, options.development), findAround(outer, step, index)),
  );
  const leaving = outer.findLastIndex(leavesInner) + 1;
  if (leaving === 0)
    return requireAnswer(compose(functions, respond, makeInnermost(steps, respond, options)), respond);
  const guarded = guardRespond(respond, options);
  const innermost = makeInnermost(steps, guarded, options);
  const inner = compose(functions.slice(leaving).map(skipIfLeft), guarded, skipIfLeft(innermost));
  return requireAnswer(compose(functions.slice(0, leaving), respond, inner), respond);
}

/** Compiles what runs of a route before the application listens; undefined for most routes. */
export function compileStart(
  steps: readonly Step[],
  catches: readonly CatchPlan[],
  options: PipelineOptions,
): Run | undefined {
  const first = steps.findIndex((step) => step.kind === 'middleware' && step.runsAtStart === true);
  return first === -1 ? undefined : compileRoute(steps.slice(first), catches, options);
}

/** Whether a step may answer while the steps inside it still run. */
export function leavesInner(step: Step): boolean {
  return step.kind === 'middleware' && step.leavesInner === true;
}

function makeInnermost(steps: readonly Step[], respond: Respond, options: PipelineOptions): Run {
  const handler = steps.find((step): step is HandlerStep => step.kind === 'handler');
  if (handler === undefined) return () => undefined;
  const around = findAround(steps, handler, steps.indexOf(handler));
  return makeHandlerRun(handler, respond, steps.filter(isReplyStep), { ...options, around });
}

/** Compiles the middleware of a route around another function than its handler: preflights, 404, 405. */
export function compileAround(
  steps: readonly Step[],
  catches: readonly CatchPlan[],
  options: PipelineOptions,
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

/** A step that runs around the handler; reply steps shape its result. */
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
      return makeBodyStep(step);
    case 'form':
      return loadFormStep().makeFormStep(step);
    case 'body-limit':
      return makeBodyLimitStep(step.limit);
    case 'validate':
      return makeValidateStep(step);
  }
}

/** A step without anything around it stays the same function. */
function observe(step: StepFunction, around: AroundStep | undefined): StepFunction {
  return around === undefined ? step : (context, next) => around(context, () => step(context, next));
}

function loadFormStep(): typeof import('./steps/form-step') {
  return require('./steps/form-step') as typeof import('./steps/form-step');
}

/**
 * A route without an answer is a mistake of the program, so it becomes a 500 and never an empty 200. A stream that a
 * middleware has set fails here, and not in the engine.
 */
function requireAnswer(run: Run, respond: Respond): Run {
  const check = (context: Context): MaybePromise<void> => {
    const { response } = context;
    if (response.status === 0) {
      if (response.body === undefined) return respond.withError(context, describeNoResponse());
      response.status = 200;
    }
    return respond.withBody(context);
  };
  return (context) => {
    const running = run(context);
    return isPromise(running) ? running.then(() => check(context)) : check(context);
  };
}

function describeNoResponse(): HttpError {
  return new HttpError(500, { code: 'no_response', detail: 'No step of the route answered the request.' });
}
