import { nameLocation } from './name-location';
import type { Plan, RoutePlan } from './plan';
import { recommendOrder } from './recommend-order';

/**
 * Prints the plan as text, one route a line: `GET  /notes/:id  NotesController.show  trustedHost > session > show`.
 * The last lines are the fallbacks, first those of mounted applications. Below them
 * another order of middleware is recommended, where the recommended one is broken.
 *
 * @param plan that of an application, or some of its routes: `{ routes: app.plan.routes.slice(0, 2) }`
 */
export function printPlan({ routes, mounts = [], fallback }: Pick<Plan, 'routes'> & Partial<Plan>): string {
  const plans = [...routes, ...mounts, ...(fallback === undefined ? [] : [fallback])];
  const rows = plans.map(toRow);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...recommendOrder(plans)].join('\n');
}

function toRow(plan: RoutePlan): string[] {
  const { info, steps } = plan;
  return [
    info.method === 'ALL' ? '*' : info.method,
    nameLocation(plan),
    info.name,
    steps.map(({ name }) => name).join(' > '),
  ];
}
