import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import { formatThrown } from '../configuration/format-thrown';
import type { Middleware } from '../http/middleware';
import type { RouteInfo } from '../routing/route-info';
import { freezeCopy } from './freeze-copy';
import { findMiddlewareFault } from './resolve-middleware';
import type { MiddlewareStep } from './steps';
import type { ScopedMiddleware } from './plan-input';

/** Every middleware in its version for the route; those that can not apply there are gone. */
export function prepareMiddleware(
  scoped: readonly ScopedMiddleware[],
  info: RouteInfo,
  problems: Problems,
): MiddlewareStep[] {
  return scoped.flatMap(({ scope, middleware }) => {
    const prepared = prepare(middleware, info, problems);
    if (prepared === null) return [];
    const { name, options, provides, needs, outside } = prepared;
    const run: MiddlewareStep['run'] = (context, next) => prepared.handle(context, next);
    const told = {
      ...(options !== undefined && { options: freezeCopy(options) }),
      ...(provides !== undefined && { provides: Object.freeze([...provides]) }),
      ...(needs !== undefined && { needs }),
      ...(outside !== undefined && { outside }),
    };
    return [Object.freeze({ kind: 'middleware' as const, name, scope, ...told, run })];
  });
}

function prepare(middleware: Middleware, info: RouteInfo, problems: Problems): Middleware | null {
  if (middleware.prepare === undefined) return middleware;
  try {
    const prepared = middleware.prepare(info);
    const fault = prepared === null ? undefined : findMiddlewareFault(prepared);
    if (fault === undefined) return prepared;
    problems.include(badVersion(middleware, info, `gave back no middleware. ${fault.fault}`));
  } catch (error) {
    if (error instanceof ConfigurationError) problems.include(...error.problems);
    else problems.include(badVersion(middleware, info, `threw: ${formatThrown(error)}`));
  }
  return null;
}

function badVersion({ name }: Middleware, info: RouteInfo, what: string): ConfigurationProblem {
  const cure = 'prepare(route) must return a middleware, or null where it can not apply.';
  return { code: 'MIDDLEWARE_INVALID', place: info.name, fault: `prepare of ${name} ${what}`, cure };
}
