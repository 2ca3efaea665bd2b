import { checkOptions } from '../../configuration/check-options';
import type { VersionGiven } from './version';
import { writeOwn } from '../store';

/** Where a controller's routes are, and in which version. */
export interface ControllerOptions {
  /** What the paths of its routes begin with; default `/`. */
  readonly path?: string;
  /** The hosts that it answers: `api.example.com`, `*.example.com`, `:tenant.example.com`. Default: every host. */
  readonly host?: string | readonly string[];
  /** Of its routes that have no `@Version` of their own; default `defaultVersion` of the application's `versioning`. */
  readonly version?: VersionGiven;
}

const anything = (): undefined => undefined;
const RULES = { path: anything, host: anything, version: anything };

/**
 * Makes a class a controller: its routes' paths begin with what is given, or with its `path`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN
 * @example @Controller({ path: '/users', host: 'api.example.com', version: '2' }) class UsersController { … }
 */
export function Controller(given: string | ControllerOptions = '/'): ClassDecorator {
  const options = typeof given === 'object' ? given : { path: given };
  checkOptions('@Controller', options, RULES);
  return (type) => writeOwn('controller', { ...options, path: options.path ?? '/' }, type);
}
