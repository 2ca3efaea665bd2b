/** Said of a route that answers whatever version is asked for; with versions in the path, the path without one. */
export const VERSION_NEUTRAL: unique symbol = Symbol.for('sluice:version-neutral');

/** What a route is a version of: a name as in `'2'` or `'2026-11'`, or none in particular. */
export type VersionName = string | typeof VERSION_NEUTRAL;

/** Where versions are written in requests, and what is meant where none is. */
export type Versioning = (PathVersioning | HeaderVersioning | MediaTypeVersioning) & {
  /** Of a route that says none, and of a request that says none. Default: such a route answers all, such a request only meets it. */
  readonly defaultVersion?: string;
};

/** `/v2/users`: behind the application's prefix, before the controller's. */
export interface PathVersioning {
  readonly type: 'path';
  /** What stands before the name; default `v`. */
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
  /** Default `v`. */
  readonly parameter?: string;
}

/** The version of a route, and where a request says that it wants it. */
export interface RouteVersion {
  readonly name: string;
  readonly by: Versioning;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/;

/** Answers whether it can be the name of a version: letters, digits, and `.`, `_`, `~` and `-` behind the first. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

/** The request header that decides about a version; undefined where the path does. */
export function findVersionHeader({ by }: RouteVersion): string | undefined {
  if (by.type === 'path') return undefined;
  return by.type === 'header' ? by.header : 'Accept';
}
