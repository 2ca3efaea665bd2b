import type {
  Class,
  ConfigurationProblem,
  Middleware,
  MiddlewareLike,
  PlainRoute,
  Plan,
  Provider,
  Versioning,
} from '../../src';
import { Problems } from '../../src/configuration/problems';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../../src/plan/build-plan';
import { collectCatches, collectMiddleware, collectRoutes, type Listed } from '../../src/plan/collect';
import { printPlan } from '../../src/plan/print-plan';
import { makeContainer } from '../../src/container/make-container';

export interface PlanParts {
  readonly controllers?: readonly Class[];
  readonly routes?: readonly PlainRoute[];
  readonly middleware?: readonly MiddlewareLike[];
  readonly errorHandlers?: Listed['errorHandlers'];
  readonly providers?: readonly Provider[];
  readonly versioning?: Versioning;
}

/** Controllers in; plan, its lines and what is wrong out. No application, no engine. */
export function makePlan({
  controllers = [],
  routes = [],
  middleware = [],
  errorHandlers = [],
  providers = [],
  versioning,
}: PlanParts): { plan: Plan; lines: string[]; problems: readonly ConfigurationProblem[] } {
  const problems = new Problems();
  const container = makeContainer({ providers }, problems);
  const listed = { controllers, routes, errorHandlers, versioning };
  const input = {
    routes: collectRoutes(listed, container, problems),
    middleware: collectMiddleware(middleware, container, problems),
    catches: collectCatches(listed, container, problems),
    bodyLimit: DEFAULT_BODY_LIMIT,
  };
  const plan = buildPlan(input, problems);
  const lines = printPlan(plan)
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, '  '));
  return { plan, lines, problems: problems.list() };
}

/** A middleware that does nothing but have a name. */
export function named(name: string): Middleware {
  return { name, handle: (_context, next) => next() };
}
