import type { FormatError } from '../http/error-handler';
import { joinPrefix } from '../routing/join-prefix';
import type { Middleware } from '../http/middleware';
import type { CatchPlan } from './plan';
import type { ResolvedRoute } from './plan-input';
import type { ValidationOptions } from '../validation/validation-target';

/** What a mounted application brings with it. */
export interface MountedApp {
  readonly middleware: readonly Middleware[];
  readonly catches: readonly CatchPlan[];
  readonly bodyLimit?: number | undefined;
  readonly validation?: ValidationOptions | undefined;
  readonly formatError?: FormatError | undefined;
}

/**
 * A route of a mounted application as one of the application it is mounted in: below the path, inside the other's
 * middleware, its own application's middleware, error handlers and settings nearer to it.
 */
export function enterMount(route: ResolvedRoute, app: MountedApp, path: string): ResolvedRoute {
  const outer = app.middleware.map((middleware) => ({ scope: 'application' as const, middleware }));
  const { body } = route;
  return {
    ...route,
    prefix: joinPrefix(path, route.prefix),
    middleware: [...outer, ...route.middleware],
    catches: [...route.catches, ...app.catches],
    bodyLimit: route.bodyLimit ?? app.bodyLimit,
    body: body && { ...body, validation: { ...app.validation, ...body.validation } },
    formatError: route.formatError ?? app.formatError,
  };
}
