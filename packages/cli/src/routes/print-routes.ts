import type { Plan, printPlan } from '@sluice/core';
import { describeRoute } from './describe-routes';
import { drawRoutes } from './draw-routes';

export type RoutesForm = 'text' | 'json' | 'mermaid';

/** A whole plan, or some of its routes without the fallbacks. */
export type PrintedPlan = Plan | Pick<Plan, 'routes'>;

/** Prints routes in one of the forms. Pure. */
export function printRoutes(plan: PrintedPlan, form: RoutesForm, print: typeof printPlan): string {
  const { routes, mounts = [], fallback } = { mounts: undefined, fallback: undefined, ...plan };
  const all = [...routes, ...mounts, ...(fallback === undefined ? [] : [fallback])];
  if (form === 'json') return JSON.stringify({ routes: all.map(describeRoute) }, undefined, 2);
  if (form === 'mermaid') return drawRoutes(all);
  if (fallback !== undefined) return print({ ...plan, fallback });
  // The last row takes the place of the fallback, which is printed as any other route.
  return print({ routes: routes.slice(0, -1), fallback: routes.at(-1)! });
}
