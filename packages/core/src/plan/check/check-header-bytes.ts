import type { Problems } from '../../configuration/problems';
import type { Plan, RoutePlan } from '../plan';

/** Room for the request line and the usual headers of a browser, besides what middleware adds. */
const OTHER_BYTES = 1024;

/** Reports the route whose requests have the longest heads, if these would be refused because of what middleware adds to them. */
export function checkHeaderBytes({ routes }: Plan, limit: number, problems: Problems): void {
  const [longest] = routes
    .map((route) => ({ route, added: countAdded(route) }))
    .sort((one, other) => other.added - one.added);
  if (longest === undefined || longest.added === 0 || longest.added + OTHER_BYTES <= limit) return;
  const { route, added } = longest;
  problems.add(
    'HEADER_LIMIT_LOW',
    route.info.name,
    `Its middleware (${nameAdding(route)}) can add ${added} bytes to the headers of a request, and other headers need ${OTHER_BYTES}, but the limit for the head is ${limit}.`,
    'Raise maxHeaderBytes in createApp, or make what the middleware adds shorter: maxCookieSize of session.',
  );
}

/** Whether a middleware of the plan adds to the headers of requests at all. */
export function addsHeaderBytes({ routes }: Plan): boolean {
  return routes.some((route) => countAdded(route) > 0);
}

function countAdded({ steps }: RoutePlan): number {
  return steps.reduce((sum, step) => sum + (step.kind === 'middleware' ? (step.addsHeaderBytes ?? 0) : 0), 0);
}

function nameAdding({ steps }: RoutePlan): string {
  const adding = steps.filter((step) => step.kind === 'middleware' && step.addsHeaderBytes !== undefined);
  return adding.map(({ name }) => name).join(', ');
}
