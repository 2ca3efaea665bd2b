import type { printPlan } from '@sluice/core';
import { describeRoute } from './describe-routes';
import { drawRoutes } from './draw-routes';

export type RoutesForm = 'text' | 'json' | 'mermaid';

/** Prints a plan, or some of its routes without the fallbacks, in one of the forms. Pure. */
export function printRoutes(
  plan: Parameters<typeof printPlan>[0],
  form: RoutesForm,
  print: typeof printPlan,
): string {
  if (form === 'text') return print(plan);
  const { routes, mounts = [], fallback, work = [] } = plan;
  const all = [...routes, ...mounts, ...(fallback === undefined ? [] : [fallback])];
  if (form === 'json')
    return JSON.stringify({ routes: all.map(describeRoute), ...(work.length > 0 && { work }) }, undefined, 2);
  return drawRoutes(all);
}
