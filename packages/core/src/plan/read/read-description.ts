import type { Middleware } from '../../http/middleware';
import type { StepDescription } from '../../http/description/step-description';
import type { RouteInfo } from '../../routing/route-info';

/** Reads what a middleware says that it adds to a route. Throws what its function throws. */
export function readDescription(
  middleware: Pick<Middleware, 'describes'>,
  route: RouteInfo,
): StepDescription | undefined {
  const { describes } = middleware;
  return typeof describes === 'function' ? describes.call(middleware, route) : describes;
}
