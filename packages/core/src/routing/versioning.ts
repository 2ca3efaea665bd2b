/** The version of a route that answers every version. If versions are in the path, the path of this route has none. */
export const VERSION_NEUTRAL: unique symbol = Symbol.for('sluice:version-neutral');

/** The version of a route: a name such as `'2'` or `'2026-11'`, or no particular one. */
export type VersionName = string | typeof VERSION_NEUTRAL;

/** The part of a request that names the version, and the version if it names none. */
export type Versioning = (PathVersioning | HeaderVersioning | MediaTypeVersioning) & {
  /**
   * The version of routes and of requests that name none. Without it, a route that names none answers every version,
   * and a request that names none meets only such routes.
   */
  readonly defaultVersion?: string;
};

/** `/v2/users`: the version follows the application's prefix and precedes the controller's. */
export interface PathVersioning {
  readonly type: 'path';
  /** The letters before the name; default `v`. */
  readonly prefix?: string;
}

/** `X-API-Version: 2`. */
export interface HeaderVersioning {
  readonly type: 'header';
  readonly header: string;
}

/** `Accept: application/json;v=2`. */
export interface MediaTypeVersioning {
  readonly type: 'mediaType';
  /** The name of the parameter; default `v`. */
  readonly parameter?: string;
}

/** The version of a route, and how a request asks for it. */
export interface RouteVersion {
  readonly name: string;
  readonly by: Versioning;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/;

/** Returns whether a value can be the name of a version: a letter or digit, then any of these and `.`, `_`, `~`, `-`. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

/** The request header that names the version; undefined if the path does. */
export function findVersionHeader({ by }: RouteVersion): string | undefined {
  if (by.type === 'path') return undefined;
  return by.type === 'header' ? by.header : 'Accept';
}
