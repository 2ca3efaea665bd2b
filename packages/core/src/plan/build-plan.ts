import type { Problems } from '../configuration/problems';
import type { AppState } from '../http/app-state';
import type { HostPattern } from '../routing/host-pattern';
import { mayHaveBody } from '../routing/http-method';
import { hasRest, REST } from '../routing/find-rest';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import type { ArgumentPlan } from './arguments';
import {
  BODY_DESCRIPTIONS,
  describeChoice,
  describeHandler,
  FORM_DESCRIPTION,
  LIMIT_DESCRIPTION,
  VALIDATION_DESCRIPTION,
} from './core-descriptions';
import { checkBodyClasses } from './check/check-body-classes';
import { checkRoutes } from './check/check-routes';
import { chooseMiddleware } from './choose-middleware';
import { freezeCopy } from './freeze-copy';
import { nameTarget } from './name-target';
import type { Plan, PlanReader, RoutePlan } from './plan';
import { makeFallback, planFallback } from './plan-fallback';
import type { PlanInput, ResolvedRoute } from './plan-input';
import { prepareMiddleware } from './prepare-middleware';
import { countFormBytes, planForm } from './read/read-form';
import { readPattern } from './read/read-pattern';
import type { Step } from './steps';

/** The limit of a request body in bytes, where no other is given: 1 MiB. */
export const DEFAULT_BODY_LIMIT = 1_048_576;

/** The function of a route that reads the plan. */
export interface RoutePlanReader {
  readonly read: PlanReader;
  readonly route: RouteInfo;
}

/** A plan, and the state of the application that each of its routes belongs to. The state is not data, so it is kept beside the plan. */
export interface PlannedApp {
  readonly plan: Plan;
  readonly states: ReadonlyMap<RouteInfo, AppState>;
  readonly readers: readonly RoutePlanReader[];
}

/** Makes the plan: frozen data whose only functions are `run` and `around` of its steps. Pure. */
export function buildPlan(input: PlanInput, problems: Problems): PlannedApp {
  const states = new Map<RouteInfo, AppState>();
  const readers: RoutePlanReader[] = [];
  const planAll = (routes: readonly ResolvedRoute[], planOne: typeof planRoute): RoutePlan[] =>
    routes.flatMap((route) => {
      const pattern = readPattern(route, problems);
      if (pattern === undefined) return [];
      const plan = planOne(route, pattern, input, problems);
      states.set(plan.info, route.state);
      if (route.readPlan !== undefined) readers.push({ read: route.readPlan, route: plan.info });
      return [plan];
    });
  const routes = planAll(input.routes, planRoute);
  checkRoutes(routes, input.needs ?? [], problems);
  checkBodyClasses(routes, problems);
  const { work = [] } = input;
  const fallbacks = [makeFallback(input.state), ...(input.mounts ?? [])];
  const [fallback, ...mounts] = planAll(fallbacks, planFallback);
  const plan = Object.freeze({
    routes: Object.freeze(routes),
    // It is always there, because its own path can be parsed.
    fallback: fallback!,
    ...(mounts.length > 0 && { mounts: Object.freeze(mounts) }),
    ...(work.length > 0 && { work: Object.freeze(work) }),
    ...(input.formatError && { formatError: input.formatError }),
  });
  return { plan, states, readers };
}

function planRoute(
  route: ResolvedRoute,
  pattern: PathPattern,
  input: PlanInput,
  problems: Problems,
): RoutePlan {
  const { method, name, host, version } = route;
  const bodyLimit = findBodyLimit(route, input.bodyLimit);
  const info: RouteInfo = Object.freeze({
    method,
    path: pattern.path,
    ...(input.basePath && { basePath: input.basePath }),
    ...(host && { host: host.text }),
    ...(version && { version: version.name }),
    name,
    parameters: pattern.parameters,
    bodyLimit,
    marks: route.marks,
    kind: 'route',
  });
  const values = route.arguments.map((one) => planArgument(one, route, pattern, input));
  const middleware = chooseMiddleware(
    [...input.middleware, ...route.middleware],
    input.needs ?? [],
    problems,
  );
  const steps: Step[] = [
    ...prepareMiddleware(middleware, info, problems),
    ...planBody(route, bodyLimit, input),
    ...route.reply,
    Object.freeze({
      kind: 'handler',
      name: route.stepName,
      arguments: Object.freeze(values),
      ...(route.returnType !== undefined && { returnType: route.returnType }),
      describes: describeHandler(values, pattern.parameters.length > 0 || hasRest(pattern.path)),
      run: route.run,
    }),
  ];
  const choice = describeChoice(route);
  return Object.freeze({
    info,
    pattern,
    ...(host && { host }),
    ...(version && { version }),
    ...(choice && { describes: choice }),
    steps: Object.freeze(steps),
    catches: freezeCopy([...route.catches, ...input.catches]),
    ...(route.formatError && { formatError: route.formatError }),
    ...(route.json && { json: route.json }),
    origin: route.origin && Object.freeze(route.origin),
    ...(route.tags && { tags: freezeCopy(route.tags) }),
  });
}

/** A route that takes a form gets the limit of the form, unless it has one of its own and the form has none. */
function findBodyLimit({ body, bodyLimit }: ResolvedRoute, usual: number): number {
  const form = body?.form;
  if (form === undefined) return bodyLimit ?? usual;
  if (form.totalBytes === undefined && bodyLimit !== undefined) return bodyLimit;
  return countFormBytes(form, usual);
}

function planArgument(
  one: ArgumentPlan,
  { host }: ResolvedRoute,
  { parameters }: PathPattern,
  { overrides, validation }: PlanInput,
): ArgumentPlan {
  const { kind, name, needs, whole, ...rest } = one;
  const position = kind === 'host' ? findLabel(host, name) : kind === 'param' ? parameters.indexOf(name) : -1;
  const isNeeded = needs !== undefined && overrides?.has(one.read!.parameter) !== true;
  return Object.freeze({
    kind,
    name,
    ...rest,
    position,
    ...(isNeeded && { needs }),
    ...(whole && { whole: Object.freeze({ ...whole, options: { ...validation, ...whole.options } }) }),
  });
}

function findLabel(host: HostPattern | undefined, name: string): number {
  const label = name === REST ? REST : `:${name}`;
  return host === undefined ? -1 : [...host.labels].reverse().indexOf(label);
}

function planBody({ body, method }: ResolvedRoute, limit: number, { validation }: PlanInput): Step[] {
  if (body === undefined) {
    return mayHaveBody(method)
      ? [
          Object.freeze({
            kind: 'body-limit',
            name: `body-limit(${limit})`,
            limit,
            describes: LIMIT_DESCRIPTION,
          }),
        ]
      : [];
  }
  const { format, form, type, properties } = body;
  const optional = body.optional && { optional: true as const };
  const reading = { ...optional, ...(body.brackets && { brackets: body.brackets }) };
  const read: Step = Object.freeze(
    form === undefined
      ? { kind: 'body', name: `body(${format})`, format, ...reading, describes: BODY_DESCRIPTIONS[format] }
      : { ...planForm(form), ...reading, describes: FORM_DESCRIPTION },
  );
  if (type === undefined) return [read];
  const options = Object.freeze({ ...validation, ...body.validation });
  const name = `validate(${nameTarget(type)})`;
  const check: Step = {
    kind: 'validate',
    name,
    type,
    options,
    ...(properties && { properties }),
    ...optional,
    describes: VALIDATION_DESCRIPTION,
  };
  return [read, Object.freeze(check)];
}
