import type { RoutePlan, Step, StepDescription } from '@sluice/core';

/** A step of one kind. */
export type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** An argument of a handler. */
export type Argument = StepOf<'handler'>['arguments'][number];

/** Finds the step of a kind. */
export function findStep<Kind extends Step['kind']>(route: RoutePlan, kind: Kind): StepOf<Kind> | undefined {
  return route.steps.find((step): step is StepOf<Kind> => step.kind === kind);
}

/** Whether two routes were made of one: for several hosts, versions or paths. */
export function isSameHandler(one: RoutePlan, other: RoutePlan): boolean {
  return findStep(one, 'handler')?.run === findStep(other, 'handler')?.run;
}

/** Lists the arguments of the handler. */
export function listArguments(route: RoutePlan): readonly Argument[] {
  return findStep(route, 'handler')?.arguments ?? [];
}

/** Lists what the steps of a route, the choice of it, and its parameters say that they add, outermost first. */
export function listDescriptions(route: RoutePlan): readonly StepDescription[] {
  const { describes, steps } = route;
  const ofSteps = steps.map((step) => ('describes' in step ? step.describes : undefined));
  const ofArguments = listArguments(route).map((argument) => argument.describes);
  return [describes, ...ofSteps, ...ofArguments].filter((one) => one !== undefined);
}
