import type { RouteMethod } from '../../routing/http-method';
import type { GroupOptions, RouteSpec } from './route-spec';

/** The keys are registered globally, so that two copies of this package see each other's records. */
const CONTROLLER = Symbol.for('sluice:plain-controller');
const ROUTE = Symbol.for('sluice:plain-controller-route');

/** A route of a controller without a class, as it was written. */
export interface ControllerRoute {
  readonly [ROUTE]: true;
  readonly method: RouteMethod;
  readonly path: string;
  readonly spec: RouteSpec;
  readonly handler: (...values: never[]) => unknown;
}

/** A controller without a class, for the `controllers` of `createApp`: made by `controller`. */
export interface PlainController {
  readonly [CONTROLLER]: true;
  readonly path: string;
  readonly options: GroupOptions;
  readonly routes: readonly ControllerRoute[];
}

export function makeControllerRoute(route: Omit<ControllerRoute, typeof ROUTE>): ControllerRoute {
  return Object.freeze({ [ROUTE]: true as const, ...route });
}

export function makePlainController(parts: Omit<PlainController, typeof CONTROLLER>): PlainController {
  return Object.freeze({ [CONTROLLER]: true as const, ...parts });
}

export function isPlainController(value: unknown): value is PlainController {
  return typeof value === 'object' && value !== null && CONTROLLER in value;
}

export function isControllerRoute(value: unknown): value is ControllerRoute {
  return typeof value === 'object' && value !== null && ROUTE in value;
}
