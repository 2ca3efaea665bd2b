import { nameLocation } from './name-location';
import type { Plan, RoutePlan, WorkPlan } from './plan';
import { recommendOrder } from './recommend-order';

/**
 * Prints the plan as text, one route a line: `GET  /notes/:id  NotesController.show  trustedHost > session > show`.
 * The last lines of the routes are the fallbacks, first those of mounted applications. After an empty line, what services
 * do: `CRON  0 3 * * *  Reports.nightly  nightly`. Below them another order of middleware is recommended, where the
 * recommended one is broken.
 *
 * @param plan that of an application, or some of its routes: `{ routes: app.plan.routes.slice(0, 2) }`
 * @throws TypeError for anything else, such as the application
 */
export function printPlan({
  routes,
  mounts = [],
  fallback,
  work = [],
}: Pick<Plan, 'routes'> & Partial<Plan>): string {
  const given: unknown = routes;
  if (!Array.isArray(given)) throw new TypeError('It is not a plan. Write printPlan(app.plan).');
  const plans = [...routes, ...mounts, ...(fallback === undefined ? [] : [fallback])];
  const lines = printTable(plans.map(toRow));
  if (work.length > 0) lines.push('', ...printTable(work.map(toWorkRow)));
  return [...lines, ...recommendOrder(plans)].join('\n');
}

function printTable(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
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

function toWorkRow({ kind, when, name, steps }: WorkPlan): string[] {
  return [kind, when, name, steps.join(' > ')];
}
