import type { FormatError } from '../http/error-handler';
import type { JsonOptions } from '../http/reply/write-json';
import { joinPrefix } from '../routing/join-prefix';
import type { ValidationOptions } from '../validation/validation-target';
import type { CollectedApp } from './collect-app';
import type { ResolvedRoute } from './plan-input';

/** The parts of a mounted application that its routes take along. */
export interface MountedApp extends Pick<CollectedApp, 'middleware' | 'catches'> {
  readonly bodyLimit?: number | undefined;
  readonly validation?: ValidationOptions | undefined;
  readonly formatError?: FormatError | undefined;
  readonly json?: JsonOptions | undefined;
}

/**
 * Moves a route of a mounted application into the outer one: below the path, with the middleware, error handlers and
 * settings of its own application inside those of the outer one.
 */
export function enterMount(route: ResolvedRoute, app: MountedApp, path: string): ResolvedRoute {
  const { body } = route;
  return {
    ...route,
    prefix: joinPrefix(path, route.prefix),
    middleware: [...app.middleware, ...route.middleware],
    catches: [...route.catches, ...app.catches],
    bodyLimit: route.bodyLimit ?? app.bodyLimit,
    body: body && { ...body, validation: { ...app.validation, ...body.validation } },
    formatError: route.formatError ?? app.formatError,
    json: route.json ?? app.json,
  };
}
