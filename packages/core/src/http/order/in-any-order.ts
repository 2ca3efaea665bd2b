import type { Middleware } from '../middleware';

/**
 * Accepts the place of a middleware: no order is checked or recommended for it, so it can be inside another one that
 * takes away its effect. Use it where that is on purpose.
 *
 * @example [bearer({ verify }), inAnyOrder(cors({ allowOrigins: ['https://app.example'] }))]
 */
export function inAnyOrder(middleware: Middleware): Middleware {
  const { outside: _outside, inside: _inside, layer: _layer, ...rest } = middleware;
  const bound = { ...rest, ...bindMethods(middleware) };
  if (middleware.prepare === undefined) return bound;
  return {
    ...bound,
    prepare(route) {
      const prepared = middleware.prepare!(route);
      return prepared === null ? null : inAnyOrder({ ...prepared, ...bindMethods(prepared) });
    },
  };
}

/** A copy of a middleware still runs with the original as `this`. */
function bindMethods(middleware: Middleware): Pick<Middleware, 'aroundSteps' | 'handle'> {
  return {
    ...(middleware.aroundSteps && { aroundSteps: (step) => middleware.aroundSteps!(step) }),
    handle: (context, next) => middleware.handle(context, next),
  };
}
