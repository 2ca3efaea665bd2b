import { ConfigurationError } from '../configuration/configuration-error';
import { formatThrown } from '../configuration/format-thrown';
import type { Problems } from '../configuration/problems';
import { ignoreRejection } from '../http/maybe-promise';
import type { Middleware } from '../http/middleware';
import { findDescriptionFault } from '../http/description/find-description-fault';
import type { StepDescription } from '../http/description/step-description';
import type { RouteInfo } from '../routing/route-info';
import { freezeCopy } from './freeze-copy';
import { makeAround } from './make-around';
import type { ScopedMiddleware } from './plan-input';
import { findMiddlewareFault } from './find-middleware-fault';
import { readDescription } from './read/read-description';
import type { MiddlewareStep } from './steps';

/** Makes a step of each middleware, in its version for the route. One that cannot apply to the route is left out. */
export function prepareMiddleware(
  scoped: readonly ScopedMiddleware[],
  info: RouteInfo,
  problems: Problems,
): MiddlewareStep[] {
  return scoped.flatMap(({ scope, middleware }) => {
    const prepared = prepare(middleware, info, problems);
    if (prepared === null) return [];
    const { name, options, provides, needs, outside, inside, layer } = prepared;
    const { leavesInner, runsAtStart, notice, noticeOverHttps, keepsInProcess, addsHeaderBytes } = prepared;
    const describes = describe(prepared, info, problems);
    const step: MiddlewareStep = {
      kind: 'middleware',
      name,
      scope,
      ...(options !== undefined && { options: freezeCopy(options) }),
      ...(provides !== undefined && { provides: Object.freeze([...provides]) }),
      ...(needs !== undefined && { needs }),
      ...(outside !== undefined && { outside: listWords(outside) }),
      ...(inside !== undefined && { inside: listWords(inside) }),
      ...(layer !== undefined && { layer }),
      ...(leavesInner === true && { leavesInner }),
      ...(runsAtStart === true && { runsAtStart }),
      ...(notice !== undefined && { notice }),
      ...(noticeOverHttps !== undefined && { noticeOverHttps }),
      ...(keepsInProcess !== undefined && { keepsInProcess: freezeCopy(keepsInProcess) }),
      ...(addsHeaderBytes !== undefined && { addsHeaderBytes }),
      ...(describes !== undefined && { describes: freezeCopy(describes) }),
      ...(prepared.aroundSteps && { around: makeAround(prepared, info) }),
      run: (context, next) => prepared.handle(context, next),
    };
    return [Object.freeze(step)];
  });
}

function describe(middleware: Middleware, info: RouteInfo, problems: Problems): StepDescription | undefined {
  const report = (what: string): void => {
    const fault = `describes of ${middleware.name} ${what}`;
    problems.add('MIDDLEWARE_INVALID', info.name, fault, DESCRIBES_CURE);
  };
  try {
    const described: unknown = readDescription(middleware, info);
    const fault = described === undefined ? undefined : findDescriptionFault(described);
    if (fault === undefined) return described as StepDescription | undefined;
    ignoreRejection(described);
    report(`is not a description: ${fault}.`);
  } catch (error) {
    report(`threw: ${formatThrown(error)}`);
  }
  return undefined;
}

const DESCRIBES_CURE =
  "Write describes: { statuses: { 429: { description: '…' } } }, or (route) => the same.";

function listWords(words: string | readonly string[]): readonly string[] {
  return Object.freeze(typeof words === 'string' ? [words] : [...words]);
}

function prepare(middleware: Middleware, info: RouteInfo, problems: Problems): Middleware | null {
  if (middleware.prepare === undefined) return middleware;
  const report = (what: string): void =>
    problems.add('MIDDLEWARE_INVALID', info.name, `prepare of ${middleware.name} ${what}`, PREPARE_CURE);
  try {
    const prepared = middleware.prepare(info);
    const fault = prepared === null ? undefined : findMiddlewareFault(prepared);
    if (fault === undefined) return prepared;
    ignoreRejection(prepared);
    report(`did not return a middleware. ${fault.fault}`);
  } catch (error) {
    if (error instanceof ConfigurationError) problems.include(...error.problems);
    else report(`threw: ${formatThrown(error)}`);
  }
  // Left in its place, so that nothing that needs it is reported as well.
  return middleware;
}

const PREPARE_CURE = 'Return a middleware from prepare(route), or null where it cannot apply.';
