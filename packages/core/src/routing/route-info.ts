import type { RouteMethod } from './http-method';
import type { RouteMarks } from './route-marks';

/** What a middleware may know of the route it is prepared for, and a request of the route it met. Frozen. */
export interface RouteInfo {
  /** `ALL` also for the application's fallback. */
  readonly method: RouteMethod;
  /** The pattern as a whole, prefix included: `/notes/:id`; the fallback has `/*`. */
  readonly path: string;
  /** The hosts that it answers: `:tenant.example.com`; undefined where it answers them all. */
  readonly host?: string;
  /** Which version it is; undefined where none in particular. */
  readonly version?: string;
  /** `NotesController.show`; for plain routes the handler's name. */
  readonly name: string;
  /** The names of the path's parameters, in order. */
  readonly parameters: readonly string[];
  /** The most a request body may have, in bytes. */
  readonly bodyLimit: number;
  /** What decorators say about the route: `route.marks.get(ROLES)`. The fallback has none. */
  readonly marks: RouteMarks;
  /** `fallback`: what answers paths and methods that no route has, and plain OPTIONS. */
  readonly kind: 'route' | 'fallback';
}
