import type { Context } from '../../http/context';
import type { RouteMethod } from '../../routing/http-method';
import {
  makeControllerRoute,
  makePlainController,
  type ControllerRoute,
  type PlainController,
} from './plain-controller';
import type { BodilessSpec, GroupOptions, RouteSpec } from './route-spec';
import type { CheckedSpec, PathNames, RouteResult, RouteValues } from './spec-values';

/** Makes the routes of a controller: one function for each method. */
export interface RouteMaker<Prefix extends string = string> {
  /** Answers GET on the path, and HEAD unless another route does. */
  readonly get: MakeRoute<Prefix, BodilessSpec>;
  readonly head: MakeRoute<Prefix, BodilessSpec>;
  readonly options: MakeRoute<Prefix, BodilessSpec>;
  readonly post: MakeRoute<Prefix, RouteSpec>;
  readonly put: MakeRoute<Prefix, RouteSpec>;
  readonly patch: MakeRoute<Prefix, RouteSpec>;
  readonly delete: MakeRoute<Prefix, RouteSpec>;
  /** Answers every method for which the path has no other route. */
  readonly all: MakeRoute<Prefix, RouteSpec>;
}

/** Makes one route. The handler receives the values of the path and of the spec in one object, and then the context. */
export interface MakeRoute<Prefix extends string, Allowed> {
  <const Path extends string>(
    path: Path,
    handler: (values: RouteValues<PathNames<`${Prefix}/${Path}`>, unknown>, context: Context) => unknown,
  ): ControllerRoute;
  <const Path extends string, const Spec extends Allowed>(
    path: Path,
    spec: Spec & CheckedSpec<PathNames<`${Prefix}/${Path}`>, Allowed, Spec>,
    handler: (
      values: RouteValues<PathNames<`${Prefix}/${Path}`>, Spec>,
      context: Context,
    ) => RouteResult<Spec>,
  ): ControllerRoute;
}

type Build<Prefix extends string> = (r: RouteMaker<Prefix>) => readonly ControllerRoute[];

/**
 * Makes a controller without a class, decorators or metadata, for the `controllers` of `createApp`. The spec of each
 * route says what it takes, and the types of its handler follow from it. Mistakes are reported at start-up.
 *
 * @param path the prefix of the paths of its routes
 * @example
 * const notes = controller('/notes', (r) => [
 *   r.get('/:id', { params: { id: 'integer' } }, ({ id }) => store.find(id) ?? notFound()),
 * ]);
 */
export function controller<const Prefix extends string>(path: Prefix, build: Build<Prefix>): PlainController;
export function controller<const Prefix extends string>(
  path: Prefix,
  options: GroupOptions,
  build: Build<Prefix>,
): PlainController;
export function controller<Prefix extends string>(
  path: Prefix,
  ...given: readonly [Build<Prefix>] | readonly [GroupOptions, Build<Prefix>]
): PlainController {
  const [options, build] = given.length > 1 ? given : [{}, given[0]];
  // A controller without routes is reported at start-up.
  const routes = typeof build === 'function' ? build(MAKER as unknown as RouteMaker<Prefix>) : [];
  return makePlainController({ path, options: options as GroupOptions, routes });
}

const make =
  (method: RouteMethod) =>
  (path: string, ...given: readonly unknown[]): ControllerRoute => {
    const [spec, handler] = given.length === 1 ? [{}, given[0]] : given;
    // The values are checked at start-up, with the name of the controller.
    return makeControllerRoute({ method, path, spec: spec as RouteSpec, handler: handler as () => unknown });
  };

const MAKER: RouteMaker = Object.freeze({
  get: make('GET'),
  head: make('HEAD'),
  options: make('OPTIONS'),
  post: make('POST'),
  put: make('PUT'),
  patch: make('PATCH'),
  delete: make('DELETE'),
  all: make('ALL'),
});
