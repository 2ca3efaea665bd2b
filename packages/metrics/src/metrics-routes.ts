import {
  serviceUnavailable,
  text,
  type Context,
  type MiddlewareLike,
  type PlainRoute,
  type Plan,
  type Reply,
  type RouteInfo,
} from '@sluice/core';
import { checkOptions, isListOption, type OptionRule } from '@sluice/core/kit';
import type { Exposition } from './exposition';
import { CONTENT_TYPE } from './format-text';

/** Options of `routes`. */
export interface MetricsRoutesOptions {
  /** The path that answers. Default: `/metrics`. */
  readonly path?: string;
  /** Runs around the route, first = outermost: a guard, or a filter of addresses. Default: nothing. */
  readonly middleware?: readonly MiddlewareLike[];
  /** The names of middleware further out that do not run: `accessLog`, `rateLimit`. Default: none. */
  readonly skipMiddleware?: readonly string[];
}

/** A path without parameters. */
export const isPath: OptionRule = (value) =>
  typeof value === 'string' && /^\/[^:*?#\s]+$/.test(value)
    ? undefined
    : "must be a path without parameters, such as '/metrics'";

/** Makes the route that answers with the text. Throws ConfigurationError for options that are unknown or invalid. */
export function makeRoutes(exposition: Exposition, options: MetricsRoutesOptions): PlainRoute[] {
  checkOptions('metrics().routes', options, {
    path: isPath,
    middleware: isListOption,
    skipMiddleware: isListOption,
  });
  const { path = '/metrics', middleware = [], skipMiddleware = [] } = options;
  const isOpen = middleware.length === 0;
  return [
    {
      method: 'GET',
      path,
      name: 'metrics.read',
      middleware,
      skipMiddleware,
      handler: (context) => answer(context, exposition),
      ...(isOpen && { readPlan: findOpenness }),
    },
  ];
}

async function answer({ app }: Context, exposition: Exposition): Promise<Reply> {
  try {
    const lines = await exposition.read(app.logger);
    return text(lines, { headers: { 'Content-Type': CONTENT_TYPE, 'Cache-Control': 'no-store' } });
  } catch (error) {
    app.logger.error(error, 'The metrics could not be read');
    throw serviceUnavailable({ code: 'metrics_unavailable', detail: 'The metrics could not be read.' });
  }
}

/** Says that everybody can read the metrics, unless a guard of the application is around the route. */
function findOpenness(plan: Plan, info: RouteInfo): string[] {
  const route = plan.routes.find((one) => one.info === info);
  const isGuarded = route?.steps.some(
    (step) => step.kind === 'middleware' && step.provides?.includes('guard'),
  );
  if (isGuarded === true) return [];
  return [
    `Everybody can read the metrics at ${info.path}. Give the route a guard: meters.routes({ middleware: [ipFilter({ allow: ['private'] })] }), ` +
      'or write services: [meters.listener()] instead, for a port of its own.',
  ];
}
