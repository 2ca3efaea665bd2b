import type { Plan, printPlan, RoutePlan } from '@sluice/core';
import type { Finding } from '../finding';

const SHOWN = 5;

/** Looks at the plan of the application. Pure. */
export function checkPlan(plan: Plan, print: typeof printPlan): Finding[] {
  return [
    { code: 'APPLICATION', level: 'fine', text: `The application has ${countRoutes(plan.routes)}.` },
    ...checkOrder(print(plan)),
    ...listNotices(plan),
    ...checkReturns(plan.routes),
  ];
}

function countRoutes({ length }: readonly RoutePlan[]): string {
  return length === 1 ? '1 route' : `${length} routes`;
}

/** The printed plan has a line for each. */
function checkOrder(printed: string): Finding[] {
  return printed
    .split('\n')
    .filter((line) => line.startsWith('Recommended order:'))
    .map((text) => ({
      code: 'ORDER',
      level: 'hint',
      text,
      cure: 'Move it, or say that the order is meant: inAnyOrder(middleware) (docs/order.md).',
    }));
}

/** The notices of all middleware, each once. */
function listNotices({ routes, mounts = [], fallback }: Plan): Finding[] {
  const texts = new Set<string>();
  for (const { steps } of [...routes, ...mounts, fallback])
    for (const step of steps)
      if (step.kind === 'middleware' && step.notice !== undefined) texts.add(step.notice.trim());
  return [...texts].map((text) => ({ code: 'NOTICE', level: 'warning', text }));
}

/** A reply without a type is neither filtered nor described. The plain routes of packages are not looked at. */
function checkReturns(routes: readonly RoutePlan[]): Finding[] {
  const bare = routes.filter(
    ({ origin, tags, steps }) => (origin ?? tags) !== undefined && !steps.some(saysReply),
  );
  if (bare.length === 0) return [];
  const names = bare.slice(0, SHOWN).map(({ info }) => info.name);
  const more = bare.length > SHOWN ? ` and ${bare.length - SHOWN} more` : '';
  return [
    {
      code: 'RETURNS',
      level: 'hint',
      text: `${countRoutes(bare)} without @Returns: ${names.join(', ')}${more}. Their replies are sent with all their fields.`,
      cure: 'Where a reply must not have other fields, write @Returns(NoteView), or returns: NoteView without a class (docs/replies.md).',
    },
  ];
}

function saysReply(step: RoutePlan['steps'][number]): boolean {
  return step.kind === 'returns' || step.kind === 'events' || (step.kind === 'status' && step.status === 204);
}
