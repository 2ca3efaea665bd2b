import type { Problems } from '../configuration/problems';
import { mayHaveBody } from '../routing/http-method';
import type { HostPattern } from '../routing/host-pattern';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import { checkBodyClasses } from './check/check-body-classes';
import { checkRoutes } from './check/check-routes';
import { freezeCatches } from './freeze-catches';
import { nameTarget } from './check/name-target';
import type { Plan, RoutePlan } from './plan';
import type { PlanInput, ResolvedRoute } from './plan-input';
import { FALLBACK, planFallback } from './plan-fallback';
import { prepareMiddleware } from './prepare-middleware';
import { countFormBytes, planForm } from './read/read-form';
import { readPattern } from './read/read-pattern';
import type { ArgumentPlan } from './arguments';
import type { ScopedMiddleware } from './plan-input';
import type { Step } from './steps';
import type { ValidationOptions } from '../validation/validation-target';

/** Bytes a body may have where nothing else is said: 1 MiB. */
export const DEFAULT_BODY_LIMIT = 1_048_576;

/** Makes the plan: frozen data whose only functions are the steps' `run`. Pure. */
export function buildPlan(input: PlanInput, problems: Problems): Plan {
  const outer = input.middleware.map((middleware) => ({ scope: 'application' as const, middleware }));
  const routes = input.routes.flatMap((route) => {
    const pattern = readPattern(route, problems);
    return pattern === undefined ? [] : [planRoute(route, pattern, outer, input, problems)];
  });
  checkRoutes(routes, problems);
  checkBodyClasses(routes, problems);
  const [fallback, ...mounts] = [FALLBACK, ...(input.mounts ?? [])].flatMap((route) =>
    planFallback(route, outer, input, problems),
  );
  return Object.freeze({
    routes: Object.freeze(routes),
    fallback: fallback!,
    ...(mounts.length > 0 && { mounts: Object.freeze(mounts) }),
  });
}

function planRoute(
  route: ResolvedRoute,
  pattern: PathPattern,
  outer: readonly ScopedMiddleware[],
  input: PlanInput,
  problems: Problems,
): RoutePlan {
  const form = route.body?.form;
  const bodyLimit =
    form === undefined || (route.bodyLimit !== undefined && form.totalBytes === undefined)
      ? (route.bodyLimit ?? input.bodyLimit)
      : countFormBytes(form, input.bodyLimit);
  const { method, name, host, version } = route;
  const info: RouteInfo = Object.freeze({
    method,
    path: pattern.path,
    ...(host && { host: host.text }),
    ...(version && { version: version.name }),
    name,
    parameters: pattern.parameters,
    bodyLimit,
    marks: route.marks,
    kind: 'route',
  });
  const values = route.arguments.map((one) => planArgument(one, route, pattern, input));
  const steps: Step[] = [
    ...prepareMiddleware([...outer, ...route.middleware], info, problems),
    ...planBody(route, bodyLimit, input.validation ?? {}),
    ...route.reply,
    Object.freeze({
      kind: 'handler',
      name: route.stepName,
      arguments: Object.freeze(values),
      run: route.run,
    }),
  ];
  return Object.freeze({
    info,
    pattern,
    ...(host && { host }),
    ...(version && { version }),
    steps: Object.freeze(steps),
    catches: freezeCatches([...route.catches, ...input.catches]),
    ...(route.formatError && { formatError: route.formatError }),
    origin: route.origin && Object.freeze(route.origin),
  });
}

function planArgument(
  one: ArgumentPlan,
  { host }: ResolvedRoute,
  { parameters }: PathPattern,
  { overrides, validation }: PlanInput,
): ArgumentPlan {
  const position =
    one.kind === 'host'
      ? findLabel(host, one.name)
      : one.kind === 'param'
        ? parameters.indexOf(one.name)
        : -1;
  const { needs, whole, ...rest } = one;
  const isNeeded = needs !== undefined && overrides?.has(one.read!.parameter) !== true;
  return Object.freeze({
    ...rest,
    position,
    ...(isNeeded && { needs }),
    ...(whole && { whole: Object.freeze({ ...whole, options: { ...validation, ...whole.options } }) }),
  });
}

function findLabel(host: HostPattern | undefined, name: string): number {
  return host === undefined ? -1 : [...host.labels].reverse().indexOf(`:${name}`);
}

function planBody({ body, method }: ResolvedRoute, limit: number, validation: ValidationOptions): Step[] {
  if (body === undefined) {
    return mayHaveBody(method)
      ? [Object.freeze({ kind: 'body-limit', name: `body-limit(${limit})`, limit })]
      : [];
  }
  const read: Step =
    body.form === undefined
      ? Object.freeze({ kind: 'body', name: `body(${body.format})`, format: body.format })
      : planForm(body.form);
  if (body.type === undefined) return [read];
  const { type, properties } = body;
  const options = Object.freeze({ ...validation, ...body.validation });
  const name = `validate(${nameTarget(type)})`;
  return [read, Object.freeze({ kind: 'validate', name, type, options, ...(properties && { properties }) })];
}
