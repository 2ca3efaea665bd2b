import type { RouteMethod } from './http-method';
import type { RouteMarks } from './route-mark';

/** A route, as a middleware sees it in `prepare` and a handler in `context.route`. Frozen. */
export interface RouteInfo {
  /** The fallback has `ALL`. */
  readonly method: RouteMethod;
  /** The whole pattern, with the prefix: `/notes/:id`. The fallback has `/*`. */
  readonly path: string;
  /** The part of the path that a proxy removes before it passes the request on (`createApp({ basePath })`), if there is one. */
  readonly basePath?: string;
  /** The pattern of the hosts that it answers: `:tenant.example.com`. Undefined if it answers every host. */
  readonly host?: string;
  /** The version; undefined if the route has none. */
  readonly version?: string;
  /** `NotesController.show`; for a plain route the name of its handler. */
  readonly name: string;
  /** The names of the path's parameters, in order. */
  readonly parameters: readonly string[];
  /** The maximum size of a request body, in bytes. */
  readonly bodyLimit: number;
  /** The marks that decorators set: `route.marks.get(ROLES)`. The fallback has none. */
  readonly marks: RouteMarks;
  /** `fallback`: the answer to requests that no route matches, and to plain OPTIONS. */
  readonly kind: 'route' | 'fallback';
}
