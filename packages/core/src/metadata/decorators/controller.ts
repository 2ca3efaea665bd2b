import { checkOptions } from '../../configuration/check-options';
import type { ControllerOptions } from '../controller-options';
import { metadata } from '../metadata';

// The values are checked at start-up, with the name of the class.
const RULES = { path: () => undefined, host: () => undefined, version: () => undefined };

/**
 * Makes a class a controller. Its argument is the prefix of the paths of its routes, or options with a `path`; default `/`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN
 * @example @Controller({ path: '/users', host: 'api.example.com', version: '2' }) class UsersController { … }
 */
export function Controller(given: string | ControllerOptions = '/'): ClassDecorator {
  const options = typeof given === 'object' ? given : { path: given };
  checkOptions('@Controller', options, RULES);
  return (type) => metadata.controller.write({ ...options, path: options.path ?? '/' }, type);
}
