import { nameLocation } from './name-location';
import type { Plan, RoutePlan } from './plan';
import { recommendOrder } from './recommend-order';

/**
 * Prints the plan as text, one route a line: `GET  /notes/:id  NotesController.show  trustedHost > session > show`.
 * The last lines are the fallbacks, first those of mounted applications. Below them
 * another order of middleware is recommended, where the recommended one is broken.
 */
export function printPlan(plan: Plan): string {
  const rows = [...plan.routes, ...(plan.mounts ?? []), plan.fallback].map(toRow);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...recommendOrder(plan)].join('\n');
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
