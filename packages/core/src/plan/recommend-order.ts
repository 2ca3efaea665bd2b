import { MIDDLEWARE_LAYERS, type MiddlewareLayer } from '../http/order/middleware-layer';
import type { RoutePlan } from './plan';
import type { MiddlewareStep } from './steps';

/** A middleware that is behind one that it should be before, in the same list. */
interface Recommendation {
  readonly first: string;
  readonly second: string;
  readonly routes: string[];
}

/**
 * Compares the order of middleware with the recommended one, and returns a sentence for each that is too far in.
 * Middleware of an application and of its controllers are not compared, because their order cannot be changed.
 */
export function recommendOrder(plans: readonly RoutePlan[]): string[] {
  const found = new Map<string, Recommendation>();
  for (const { info, steps } of plans) {
    const layered = steps.filter(hasLayer);
    for (const [index, { name: first, layer, scope }] of layered.entries()) {
      const outer = layered
        .slice(0, index)
        .find((step) => step.scope === scope && rank(step.layer) > rank(layer));
      if (outer === undefined) continue;
      const key = `${first} ${outer.name}`;
      const known = found.get(key) ?? { first, second: outer.name, routes: [] };
      known.routes.push(info.name);
      found.set(key, known);
    }
  }
  return [...found.values()].map(
    (one) => `Recommended order: ${one.first} before ${one.second} (${listRoutes(one.routes)}).`,
  );
}

function hasLayer(step: { readonly kind: string }): step is MiddlewareStep & { layer: MiddlewareLayer } {
  return step.kind === 'middleware' && (step as MiddlewareStep).layer !== undefined;
}

function rank(layer: MiddlewareLayer): number {
  return MIDDLEWARE_LAYERS.indexOf(layer);
}

function listRoutes([first, ...others]: readonly string[]): string {
  return others.length === 0 ? first! : `${first!} and ${others.length} more`;
}
