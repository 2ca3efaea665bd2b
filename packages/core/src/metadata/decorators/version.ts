import type { VersionGiven } from '../controller-options';
import { metadata } from '../metadata';

/**
 * Sets the version of a route, in place of its controller's: one, several, or `VERSION_NEUTRAL`, which answers every
 * version. The option `versioning` of `createApp` says how requests name a version.
 *
 * @example @Get() @Version(['1', '2']) list() { … }
 */
export function Version(version: VersionGiven): MethodDecorator {
  return (prototype, property) => metadata.version.write(version, prototype, property);
}
