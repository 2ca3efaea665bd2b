import type { VersionName } from '../../routing/versioning';
import { writeRecord } from '../write-record';

/** One version, or several that are answered alike. */
export type VersionGiven = VersionName | readonly VersionName[];

/**
 * The version of a route, in place of its controller's: `@Version('2')`, `@Version(['1', '2'])`, `@Version(VERSION_NEUTRAL)`.
 * Where requests say which they want is `createApp({ versioning })`.
 */
export function Version(version: VersionGiven): MethodDecorator {
  return (prototype, property) => writeRecord('version', version, prototype, property);
}
