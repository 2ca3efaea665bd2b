import type { VersionName } from '../routing/versioning';

/** One version, or several that one route answers. */
export type VersionGiven = VersionName | readonly VersionName[];

/** The prefix, the hosts and the version of a controller's routes. */
export interface ControllerOptions {
  /** The prefix of the paths; default `/`. */
  readonly path?: string;
  /** The hosts: `api.example.com`, `*.example.com`, `:tenant.example.com`. Default: every host. */
  readonly host?: string | readonly string[];
  /** The version of the routes without a `@Version`; default: the application's `versioning.defaultVersion`. */
  readonly version?: VersionGiven;
}
