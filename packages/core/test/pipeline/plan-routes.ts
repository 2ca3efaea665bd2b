import type { PlainRoute, Plan, Versioning } from '../../src';
import { makePlan } from '../plan/make-plan';

/** The plans of routes written in one line, as in `GET /notes`, with their hosts and versions. */
export function planRoutes(
  routes: readonly (readonly [string, Partial<PlainRoute>?])[],
  versioning: Versioning = { type: 'header', header: 'X-Version' },
): Plan['routes'] {
  const written = routes.map(([line, more = {}]): PlainRoute => {
    const [method, path] = line.split(' ') as [PlainRoute['method'], string];
    return { method, path, handler: () => line, name: line, ...more };
  });
  const { plan, problems } = makePlan({ routes: written, versioning });
  expect(problems).toEqual([]);
  return plan.routes;
}
