import type { ConfigurationProblem, Middleware, Plan, Provider } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { makeContainer } from '../../src/container/make-container';
import { AppState } from '../../src/http/app-state';
import { buildPlan, DEFAULT_BODY_LIMIT } from '../../src/plan/build-plan';
import { collectApp, type ListedParts } from '../../src/plan/collect-app';
import { printPlan } from '../../src/plan/print-plan';

export interface PlanParts extends Omit<ListedParts, 'state'> {
  readonly providers?: readonly Provider[];
}

/** Makes a plan, its printed lines and its problems, without an application and an engine. */
export function makePlan({ providers = [], ...listed }: PlanParts): {
  plan: Plan;
  lines: string[];
  problems: readonly ConfigurationProblem[];
} {
  const problems = new Problems();
  const container = makeContainer({ providers }, problems);
  const state = new AppState();
  const collected = collectApp({ ...listed, state }, container, problems);
  const { plan } = buildPlan({ ...collected, state, bodyLimit: DEFAULT_BODY_LIMIT }, problems);
  const lines = printPlan(plan)
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, '  '));
  return { plan, lines, problems: problems.list() };
}

/** A middleware that has a name and does nothing. */
export function named(name: string): Middleware {
  return { name, handle: (_context, next) => next() };
}
